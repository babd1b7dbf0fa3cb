import Heading from '@atlaskit/heading/heading';
import { useRef, type ReactNode } from 'react';
import { access as words, type Told } from '../messages.ts';
import { useReader } from '../reader.tsx';
import type { SectionKey } from '../sections.ts';
import { TroubleNotice } from '../TroubleNotice.tsx';
import { useNow } from '../useNow.ts';
import { Administrators } from './access/Administrators.tsx';
import { Changes } from './access/Changes.tsx';
import { ExplainPerson } from './access/ExplainPerson.tsx';
import { Loading } from './access/Loading.tsx';
import { ProjectsLimit } from './access/ProjectsLimit.tsx';
import { Requests } from './access/Requests.tsx';
import { useAccess, type ChangeAccess, type KnownAccess } from './access/useAccess.ts';
import styles from './Section.module.css';

/** How often dates on the page are reckoned anew, in milliseconds. */
const DATES_MS = 60_000;

/** Who reaches what through the app, and who may administer it. */
export default function AccessSection({ onOpen }: { onOpen: (section: SectionKey) => void }): ReactNode {
  const { known, read, change } = useAccess();
  return (
    <div className={styles.section}>
      <div>
        <Heading size="large" as="h1">
          {words.heading}
        </Heading>
        <p className={styles.intro}>{words.intro}</p>
      </div>
      {known.phase === 'loading' && <Loading />}
      {known.phase === 'failed' && <TroubleNotice trouble={known.trouble} onRetry={() => void read()} />}
      {known.phase === 'ready' && <Parts known={known} change={change} onStatus={() => onOpen('status')} />}
    </div>
  );
}

function Parts({
  known: { access, clock },
  change,
  onStatus,
}: {
  known: Extract<KnownAccess, { phase: 'ready' }>;
  change: ChangeAccess;
  onStatus: () => void;
}): ReactNode {
  const { calendar } = useReader();
  const told: Told = { now: useNow(clock, DATES_MS), calendar };
  const projects = useRef<HTMLDivElement>(null);
  const toProjects = () => {
    projects.current?.scrollIntoView({ block: 'start' });
    projects.current?.focus();
  };
  return (
    <>
      <ExplainPerson onProjects={toProjects} onStatus={onStatus} />
      <div ref={projects} tabIndex={-1}>
        <ProjectsLimit access={access} told={told} change={change} />
      </div>
      <Administrators access={access} told={told} change={change} />
      <Requests requests={access.requests} told={told} change={change} />
      <Changes changes={access.changes} told={told} />
    </>
  );
}
