import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import type { ParkedIssue } from '../../api/generated/api.ts';
import { failure, parkedIssues as words } from '../../messages.ts';
import { Say } from '../../phrase.tsx';
import itemStyles from '../reporting/Items.module.css';

/** Issues that could not be made pairs, or got no counterpart, each with its reason. */
export function ParkedIssues({ of, isDisabled, onAgain }: { of: readonly ParkedIssue[]; isDisabled: boolean; onAgain: () => void }): ReactNode {
  if (of.length === 0) {
    return null;
  }
  return (
    <section>
      <h2>{words.heading}</h2>
      <ul className={itemStyles.items}>
        {of.map(({ end, issue, why }) => (
          <li key={`${end} ${issue}`} className={itemStyles.item}>
            {words.issue(issue, end)} <Say phrase={failure(why, 'issue')} />
          </li>
        ))}
      </ul>
      <Button isDisabled={isDisabled} onClick={onAgain}>
        {words.again}
      </Button>
    </section>
  );
}
