import { useRef, type ReactNode } from 'react';
import { access as words, type Told } from '../messages.ts';
import { useReader } from '../reader.tsx';
import type { SectionKey } from '../sections.ts';
import { useNow } from '../useNow.ts';
import { Administrators } from './access/Administrators.tsx';
import { Changes } from './access/Changes.tsx';
import { ExplainPerson } from './access/ExplainPerson.tsx';
import { Loading } from './access/Loading.tsx';
import { ProjectsLimit } from './access/ProjectsLimit.tsx';
import { Requests } from './access/Requests.tsx';
import { useAccess, type ChangeAccess, type KnownAccess } from './access/useAccess.ts';
import { SectionFrame } from './SectionFrame.tsx';

/** How often dates on the page are reckoned anew, in milliseconds. */
const DATES_MS = 60_000;

/** Who reaches what through the app, and who may administer it. */
export default function AccessSection({ onOpen }: { onOpen: (section: SectionKey) => void }): ReactNode {
  const { known, read, change } = useAccess();
  return (
    <SectionFrame words={words} known={known} loading={<Loading />} onRetry={() => void read()}>
      {(ready) => <Parts known={ready} change={change} onStatus={() => onOpen('status')} />}
    </SectionFrame>
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
