import type { ReactNode, Ref } from 'react';
import type { LossView, Person } from '../api/generated/api.ts';
import { fix, losses as words } from '../messages.ts';
import { Say } from '../phrase.tsx';
import { PermissionsLink } from './JiraLink.tsx';
import styles from './Lacking.module.css';
import { ProjectList } from './ProjectList.tsx';
import { isRequired } from './required.ts';

/** The projects that would be lost, who loses each, and how it is kept. */
export function Losses({ losses, lost, account, place }: { losses: readonly LossView[]; lost: number; account: Person; place: Ref<HTMLDetailsElement> }): ReactNode {
  return (
    <ProjectList
      place={place}
      heading={words.heading(lost)}
      isOpen
      rows={losses.map((loss) => ({
        project: loss.project,
        detail: (
          <>
            <p className={styles.people}>
              <Say phrase={words.people(loss)} />
            </p>
            <p className={styles.fix}>
              <Say phrase={fix(loss.project.lacking.filter(isRequired), account)} />
            </p>
            <PermissionsLink project={loss.project} />
          </>
        ),
      }))}
      rest={lost > losses.length ? words.rest(losses.length, lost) : null}
    />
  );
}
