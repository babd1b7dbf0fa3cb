import Button from '@atlaskit/button/default/button';
import Lozenge from '@atlaskit/lozenge/lozenge';
import { useId, type ComponentProps, type ReactNode } from 'react';
import type { SupportAccessView, SupportStanding } from '../../api/generated/api.ts';
import { accessName, standingSentence, standingWord, support as words, type Told } from '../../messages.ts';
import { Say } from '../../phrase.tsx';
import styles from './AccountAccess.module.css';
import { Views } from './Views.tsx';

/** An access that was decided about: by whom, until when, and what was looked at. */
export function Access({
  access,
  told,
  isDisabled = false,
  onRevoke,
}: {
  access: SupportAccessView;
  told: Told;
  isDisabled?: boolean;
  onRevoke?: () => void;
}): ReactNode {
  const id = useId();
  const { asked, standing } = access;
  return (
    <article className={styles.card} aria-labelledby={id}>
      <div className={styles.top}>
        <h3 id={id} className={styles.name}>
          <bdi>{accessName(access, told)}</bdi>
        </h3>
        <Lozenge appearance={looks(standing)}>{standingWord(standing)}</Lozenge>
      </div>
      <p>
        <Say phrase={standingSentence(standing, told)} />
      </p>
      {asked !== null && (
        <p className={styles.hint}>
          <bdi>{asked.who}</bdi>: <bdi>{asked.reason}</bdi>
        </p>
      )}
      <Views access={access} told={told} />
      {onRevoke !== undefined && (
        <div className={styles.controls}>
          <Button appearance="danger" aria-describedby={id} isDisabled={isDisabled} onClick={onRevoke}>
            {words.revoke}
          </Button>
        </div>
      )}
    </article>
  );
}

function looks(standing: SupportStanding): NonNullable<ComponentProps<typeof Lozenge>['appearance']> {
  switch (standing.type) {
    case 'requested':
      return 'information';
    case 'granted':
      return 'success';
    case 'declined':
    case 'revoked':
      return 'danger';
    case 'expired':
    case 'lapsed':
      return 'neutral';
  }
}
