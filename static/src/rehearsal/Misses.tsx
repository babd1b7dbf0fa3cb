import type { ReactNode, Ref } from 'react';
import type { Permission, Person, RehearsedProject } from '../api/generated/api.ts';
import { fix, misses as words, permissionName } from '../messages.ts';
import { list } from '../messages/words.ts';
import { Say } from '../phrase.tsx';
import { PermissionsLink } from './JiraLink.tsx';
import styles from './Lacking.module.css';
import { ProjectList } from './ProjectList.tsx';
import { isRequired } from './required.ts';

/** The app lists so many. */
const LISTED = 50;

/** The projects that stay, where something is missing: what, and how it is mended. What is required comes first. */
export function Misses({
  misses,
  account,
  comparing,
  place,
}: {
  misses: readonly RehearsedProject[];
  account: Person;
  /** Whether there is a main authorized user to compare with. */
  comparing: boolean;
  place: Ref<HTMLDetailsElement>;
}): ReactNode {
  const fails = ({ lacking }: RehearsedProject) => lacking.some(isRequired);
  const sorted = [...misses.filter(fails), ...misses.filter((project) => !fails(project))];
  return (
    <ProjectList
      place={place}
      heading={comparing ? words.heading : words.headingAlone}
      isOpen={misses.some(fails)}
      rows={sorted.map((project) => ({
        project,
        detail: (
          <>
            <Lacking label={words.required} lacking={project.lacking.filter(isRequired)} />
            <Lacking label={words.recommended} lacking={project.lacking.filter((permission) => !isRequired(permission))} />
            <p className={styles.fix}>
              <Say phrase={fix(project.lacking, account)} />
            </p>
            <PermissionsLink project={project} />
          </>
        ),
      }))}
      rest={misses.length >= LISTED ? words.rest : null}
    />
  );
}

function Lacking({ label, lacking }: { label: string; lacking: readonly Permission[] }): ReactNode {
  return (
    lacking.length > 0 && (
      <p>
        {label} <strong>{list(lacking.map(permissionName))}</strong>
      </p>
    )
  );
}
