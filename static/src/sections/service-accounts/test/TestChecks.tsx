import type { ReactNode } from 'react';
import type { Person, TrialCheck, TrialFinding, TrialItem } from '../../../api/generated/api.ts';
import { trial as words, trialFailure, trialItem, trialNotRun } from '../../../messages.ts';
import { Say } from '../../../phrase.tsx';
import { Sign, type SignOf } from '../../../Sign.tsx';
import checkStyles from '../../status/CheckRow.module.css';
import styles from './Test.module.css';

/** All of them, in the order in which they are tried. */
export const ITEMS: readonly TrialItem[] = ['signsIn', 'active', 'productAccess', 'permissions', 'creates', 'comments', 'transitions', 'attaches', 'cleansUp'];

/** Each check with a sign and words: what was found, why, and how it is mended. */
export function TestChecks({ checks, next, account }: { checks: readonly TrialCheck[]; next: TrialItem | null; account: Person }): ReactNode {
  return (
    <ul className={styles.checks} aria-label={words.checks}>
      {ITEMS.map((item) => {
        const finding = checks.find((check) => check.item === item)?.finding ?? null;
        const { sign, says } = shown(finding, item === next);
        return (
          <li key={item} className={checkStyles.row}>
            <span className={checkStyles.sign}>
              <Sign is={sign} label={says} />
            </span>
            <span>{trialItem(item)}</span>
            <div className={checkStyles.failure}>{finding === null ? null : <Told item={item} finding={finding} account={account} />}</div>
          </li>
        );
      })}
    </ul>
  );
}

function Told({ item, finding, account }: { item: TrialItem; finding: TrialFinding; account: Person }): ReactNode {
  switch (finding.type) {
    case 'passed':
      return null;
    case 'failed': {
      const { why, next } = trialFailure(item, finding.failure, account);
      return (
        <>
          <p>
            <Say phrase={why} />
          </p>
          <p>
            <Say phrase={next} />
          </p>
        </>
      );
    }
    case 'notRun': {
      const { why, next } = trialNotRun(finding.because);
      return (
        <>
          <p className={styles.subtle}>
            {words.notRun}: <Say phrase={why} />
          </p>
          {next !== null && (
            <p className={styles.subtle}>
              <Say phrase={next} />
            </p>
          )}
        </>
      );
    }
  }
}

function shown(finding: TrialFinding | null, current: boolean): { sign: SignOf; says: string } {
  if (finding === null) {
    return current ? { sign: 'current', says: words.current } : { sign: 'waiting', says: words.waiting };
  }
  switch (finding.type) {
    case 'passed':
      return { sign: 'passed', says: words.passed };
    case 'failed':
      return { sign: 'failed', says: words.failed };
    case 'notRun':
      return { sign: 'skipped', says: words.notRun };
  }
}
