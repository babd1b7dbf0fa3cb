import Button from '@atlaskit/button/default/button';
import { useRef, useState, type ReactNode } from 'react';
import type { Candidate, Person } from '../../api/generated/api.ts';
import { AccountPicker } from '../../change/AccountPicker.tsx';
import { entry as words } from '../../messages.ts';
import { PersonAvatar } from '../../PersonAvatar.tsx';
import styles from './OwnerField.module.css';

/** Who answers for an account: the one who does, or a search for one. */
export function OwnerField({ owner, onOwner }: { owner: Person | null; onOwner: (owner: Person | null) => void }): ReactNode {
  const field = useRef<HTMLElement>(null);
  const [chosen, setChosen] = useState<Candidate | null>(null);
  // A person who was just chosen stands in the picker itself.
  const standing = owner !== null && chosen === null;

  const choose = (candidate: Candidate | null) => {
    setChosen(candidate);
    onOwner(candidate === null ? null : person(candidate));
  };

  return (
    <fieldset className={styles.owner}>
      <legend className={styles.legend}>{words.owner}</legend>
      <p className={styles.hint}>{words.ownerHint}</p>
      {standing ? (
        <div className={styles.standing}>
          <PersonAvatar person={owner} />
          <bdi>{owner.displayName}</bdi>
          <Button
            spacing="compact"
            onClick={() => {
              onOwner(null);
              // The field takes the place of this control.
              setTimeout(() => field.current?.focus());
            }}
          >
            {words.otherOwner}
          </Button>
        </div>
      ) : (
        <AccountPicker chosen={chosen} first={field} label={words.ownerSearch} problem={null} onChoose={choose} />
      )}
    </fieldset>
  );
}

function person({ account: { accountId, displayName, avatarUrl } }: Candidate): Person {
  return { accountId, displayName, avatarUrl };
}
