import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { connections as words } from '../messages.ts';
import { usePanel } from '../panel/PanelContext.tsx';
import { Overview } from './connections/Overview.tsx';
import { peopleList } from './connections/PeopleList.ts';
import { Loading } from './connections/Loading.tsx';
import { SectionFrame } from './SectionFrame.tsx';

/** The people who connected their own accounts, and how the wave after a change passes. */
export default function ConnectionsSection(): ReactNode {
  const { ask } = usePanel();
  const [list] = useState(() => peopleList(ask));
  useEffect(list.start, [list]);
  const known = useSyncExternalStore(list.subscribe, list.known);
  return (
    <SectionFrame words={words} known={known} loading={<Loading />} onRetry={() => void list.read()}>
      {(ready) => <Overview list={list} known={ready} />}
    </SectionFrame>
  );
}
