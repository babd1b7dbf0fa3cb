import type { ReactNode } from 'react';
import type { EntryView } from '../../api/generated/api.ts';
import { lastTest as said, testLink, trial as words, type Told } from '../../messages.ts';
import { Moment } from '../../Moment.tsx';
import { Say } from '../../phrase.tsx';
import { Sign } from '../../Sign.tsx';
import { age } from '../../time.ts';
import styles from './TestCell.module.css';

/** What the latest test of an account found, and when the next is due. */
export function TestCell({ entry: { lastTest, nextTestAt, held }, told }: { entry: EntryView; told: Told }): ReactNode {
  const sign = lastTest === null ? null : ({ passed: 'passed', failed: 'failed', incomplete: 'unknown' } as const)[lastTest.verdict];
  return (
    <>
      {lastTest === null || sign === null ? (
        words.noTest
      ) : (
        <>
          <span className={styles.result}>
            <span className={styles.sign}>
              <Sign is={sign} label="" />
            </span>
            {said(lastTest)}
          </span>{' '}
          <span className={styles.subtle}>
            <Moment at={lastTest.at}>{age(lastTest.at, told.now)}</Moment>
          </span>
        </>
      )}
      {nextTestAt !== null && <p className={styles.subtle}>{words.next(nextTestAt, told)}</p>}
      {held !== null && (
        <p className={styles.subtle}>
          <Say phrase={testLink.heldRow(held, told)} />
        </p>
      )}
    </>
  );
}
