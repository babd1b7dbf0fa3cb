import Button from '@atlaskit/button/default/button';
import { useId, useRef, type ReactNode } from 'react';
import type { AccessRequest } from '../../api/generated/api.ts';
import { accessRequests as words, type Told } from '../../messages.ts';
import { Moment } from '../../Moment.tsx';
import { Say } from '../../phrase.tsx';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import { useAskingBy } from '../../useAskingBy.ts';
import { useFocusKept } from '../../useFocusKept.ts';
import { Part } from '../Part.tsx';
import styles from './Access.module.css';
import type { AccessRequestOfPage, ChangeAccess } from './useAccess.ts';

/** Who asked to administer the app, and what became of it. */
export function Requests({ requests, told, change }: { requests: readonly AccessRequest[]; told: Told; change: ChangeAccess }): ReactNode {
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const { asking, trouble, ask } = useAskingBy<AccessRequestOfPage>(change);
  useFocusKept(list, requests.map(({ decision }) => String(decision?.at)).join());
  const decide = (account: string, approve: boolean) => void ask({ type: 'decideAccess', account, approve });
  return (
    <Part title={words.heading}>
      <div className={styles.form}>
        {requests.length === 0 && <p>{words.empty}</p>}
        {trouble !== null && <TroubleNotice trouble={trouble} told={told} headingLevel="h3" />}
        <ul ref={list} tabIndex={-1} aria-label={words.heading} className={styles.lines}>
          {requests.map((request) => {
            const { person, at, decision } = request;
            const describedBy = `${id}-${person.accountId}`;
            return (
              <li key={person.accountId} className={styles.line}>
                <span className={styles.words}>
                  <bdi id={describedBy}>{person.displayName}</bdi>
                  <span className={styles.hint}>
                    <Moment at={at}>{words.asked(at, told)}</Moment>
                  </span>
                  <span className={styles.hint} role="status">
                    <Say phrase={words.decided(request, told)} />
                  </span>
                </span>
                {decision === null && (
                  <span className={styles.buttons}>
                    <Button aria-describedby={describedBy} isDisabled={asking !== null} onClick={() => decide(person.accountId, true)}>
                      {words.approve}
                    </Button>
                    <Button
                      appearance="subtle"
                      aria-describedby={describedBy}
                      isDisabled={asking !== null}
                      onClick={() => decide(person.accountId, false)}
                    >
                      {words.decline}
                    </Button>
                  </span>
                )}
              </li>
            );
          })}
        </ul>
      </div>
    </Part>
  );
}
