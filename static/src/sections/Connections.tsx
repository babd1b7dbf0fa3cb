import Heading from '@atlaskit/heading/heading';
import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { connections as words } from '../messages.ts';
import { usePanel } from '../panel/PanelContext.tsx';
import { TroubleNotice } from '../TroubleNotice.tsx';
import { Overview } from './connections/Overview.tsx';
import { peopleList } from './connections/PeopleList.ts';
import { Loading } from './connections/Loading.tsx';
import styles from './Section.module.css';

/** The people who connected their own accounts, and how the wave after a change passes. */
export default function ConnectionsSection(): ReactNode {
  const { ask } = usePanel();
  const [list] = useState(() => peopleList(ask));
  useEffect(list.start, [list]);
  const known = useSyncExternalStore(list.subscribe, list.known);
  return (
    <div className={styles.section}>
      <div>
        <Heading size="large" as="h1">
          {words.heading}
        </Heading>
        <p className={styles.intro}>{words.intro}</p>
      </div>
      {known.phase === 'loading' && <Loading />}
      {known.phase === 'failed' && <TroubleNotice trouble={known.trouble} onRetry={() => void list.read()} />}
      {known.phase === 'ready' && <Overview list={list} known={known} />}
    </div>
  );
}
