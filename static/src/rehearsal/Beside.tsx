import { useId, type ReactNode } from 'react';
import type { ReauthorizationPolicy, Rehearsal } from '../api/generated/api.ts';
import { beside as words } from '../messages.ts';
import { Say } from '../phrase.tsx';
import styles from './Beside.module.css';

/** What else the change would do: webhooks, people, scopes. */
export function Beside({ rehearsal, policy }: { rehearsal: Rehearsal; policy: ReauthorizationPolicy }): ReactNode {
  const { account, consequences } = rehearsal;
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.beside}>
      <h3 id={id} className={styles.heading}>
        {words.heading}
      </h3>
      <dl className={styles.list}>
        <dt>{words.webhooks}</dt>
        <dd>
          <Say phrase={words.move(consequences, account)} />
        </dd>
        <dt>{words.people}</dt>
        <dd>
          {words.connected(consequences)} {words.asked(consequences, policy)}
        </dd>
        <dt>{words.scopes}</dt>
        <dd>
          {consequences.scopes.length > 0 && (
            <>
              <Say phrase={words.same(consequences, account)} />{' '}
            </>
          )}
          {consequences.newScopes.length > 0 && words.added(consequences)}
        </dd>
      </dl>
    </section>
  );
}
