import { useId, useRef, useState, type ReactNode } from 'react';
import type { Candidate } from '../../api/generated/api.ts';
import { AccountPicker } from '../../change/AccountPicker.tsx';
import { assigneesField as words } from '../../messages.ts';
import { Listed } from '../access/Listed.tsx';
import styles from '../access/Access.module.css';
import type { Draft, Match, Matching } from './draft.ts';

/** How many people can be matched. */
const MOST = 200;

/** Who is whom on the two sites: those who are matched, and two searches to match more. */
export function AssigneesField({
  assignees,
  matching,
  site,
  wrong,
  onDraft,
}: Pick<Draft, 'assignees' | 'matching' | 'site'> & {
  /** What is wrong, if anything is: said at the search that nobody is chosen in. */
  wrong: string | null;
  onDraft: (more: Partial<Draft>) => void;
}): ReactNode {
  const id = useId();
  const first = useRef<HTMLElement>(null);
  const second = useRef<HTMLElement>(null);
  const [said, setSaid] = useState('');
  /** Rises with each match, so that the searches begin anew. */
  const [attempt, setAttempt] = useState(0);

  const choose = (more: Partial<Matching>) => {
    setSaid('');
    const { here, there } = { ...matching, ...more };
    if (here === null || there === null) {
      onDraft({ matching: { here, there } });
      return;
    }
    const match: Match = { here: personOf(here), there: personOf(there) };
    const taken = assignees.find((own) => own.here.accountId === match.here.accountId || own.there.accountId === match.there.accountId);
    if (taken === undefined) {
      onDraft({ assignees: [...assignees, match], matching: { here: null, there: null } });
      setSaid(words.matched(match.here.name, match.there.name));
    } else {
      onDraft({ matching: { here: null, there: null } });
      setSaid(words.taken(taken.here.name, taken.there.name));
    }
    setAttempt(attempt + 1);
    // The searches begin anew: a keyboard goes on from the first.
    setTimeout(() => first.current?.focus());
  };

  return (
    <fieldset className={styles.field} aria-describedby={`${id}-hint`}>
      <legend className={styles.label}>{words.title}</legend>
      <p id={`${id}-hint`} className={styles.hint}>
        {words.hint}
      </p>
      <Listed
        title={words.matches}
        headingLevel="h2"
        empty={words.empty}
        lines={assignees.map(({ here, there }) => ({ key: here.accountId, name: <bdi>{here.name}</bdi>, detail: words.isThere(there.name) }))}
        onRemove={(key) => {
          onDraft({ assignees: assignees.filter(({ here }) => here.accountId !== key) });
          setSaid('');
        }}
      />
      {assignees.length >= MOST ? (
        <p>{words.full(MOST)}</p>
      ) : (
        <>
          <AccountPicker key={`here ${attempt}`} label={words.here} chosen={matching.here} first={first} problem={matching.here === null ? wrong : null} onChoose={(here) => choose({ here })} />
          {site === '' ? (
            <p className={styles.hint}>{words.chooseSiteFirst}</p>
          ) : (
            <AccountPicker key={`there ${site} ${attempt}`} label={words.there} site={site} chosen={matching.there} first={second} problem={matching.there === null ? wrong : null} onChoose={(there) => choose({ there })} />
          )}
        </>
      )}
      <p role="status">{said}</p>
    </fieldset>
  );
}

function personOf({ account: { accountId, displayName } }: Candidate): Match['here'] {
  return { accountId, name: displayName };
}
