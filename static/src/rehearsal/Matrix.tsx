import { useId, type ReactNode } from 'react';
import type { Rehearsal, Tried } from '../api/generated/api.ts';
import { jiraPages, matrix as words, permissionName } from '../messages.ts';
import { Say } from '../phrase.tsx';
import { Sign, type SignOf } from '../Sign.tsx';
import { JiraLink } from './JiraLink.tsx';
import { GLOBAL_PERMISSIONS } from './jiraPages.ts';
import styles from './Matrix.module.css';

/** Each permission, whether it is needed, and in how many projects it is held. */
export function Matrix({ rehearsal }: { rehearsal: Rehearsal }): ReactNode {
  const { account, against, administers, permissions } = rehearsal;
  const note = useId();
  const asked = permissions.filter((tried) => tried.asked > 0 || tried.permission !== 'serviceDeskAgent');
  const serviceProjects = permissions.some((tried) => tried.permission === 'serviceDeskAgent' && tried.asked > 0);
  return (
    <div className={styles.matrix}>
      <table className={styles.table} aria-describedby={note}>
        <caption className={styles.caption}>
          <Say phrase={words.caption(account)} />
        </caption>
        <thead>
          <tr>
            <th scope="col">{words.permission}</th>
            <th scope="col">{words.need}</th>
            <th scope="col">{words.held}</th>
          </tr>
        </thead>
        <tbody>
          <Row name={words.administer} need={words.required} sign={signOfRights(administers)} held={heldGlobally(administers)} />
          {asked.map((tried) => (
            <Row
              key={tried.permission}
              name={permissionName(tried.permission)}
              need={tried.required ? words.required : words.recommended}
              sign={signOf(tried)}
              held={tried.asked === 0 ? words.noProject : words.of(tried)}
            />
          ))}
        </tbody>
      </table>
      <p id={note} className={styles.note}>
        {against === null ? words.captionAlone : words.captionUse}
      </p>
      {administers !== true && (
        <div className={styles.fix}>
          <p>
            <Say phrase={administers === false ? words.administerFix(account) : words.administerUnknown(account)} />
          </p>
          <JiraLink address={GLOBAL_PERMISSIONS} label={jiraPages.global} />
        </div>
      )}
      {serviceProjects && (
        <p>
          <Say phrase={words.unproven(account)} />
        </p>
      )}
    </div>
  );
}

function Row({ name, need, sign, held }: { name: string; need: string; sign: SignOf; held: string }): ReactNode {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className={styles.need}>{need}</td>
      <td className={styles.held}>
        <Sign is={sign} label="" /> {held}
      </td>
    </tr>
  );
}

function signOf({ required, asked, held }: Tried): SignOf {
  if (asked === held) {
    return 'passed';
  }
  return required ? 'failed' : 'skipped';
}

function signOfRights(administers: boolean | null): SignOf {
  if (administers === null) {
    return 'unknown';
  }
  return administers ? 'passed' : 'failed';
}

function heldGlobally(administers: boolean | null): string {
  if (administers === null) {
    return words.unknownGlobally;
  }
  return administers ? words.heldGlobally : words.notHeldGlobally;
}
