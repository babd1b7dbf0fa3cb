import Heading from '@atlaskit/heading/heading';
import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { reporting as words } from '../messages.ts';
import { usePanel } from '../panel/PanelContext.tsx';
import { TroubleNotice } from '../TroubleNotice.tsx';
import { Loading } from './reporting/Loading.tsx';
import { Overview } from './reporting/Overview.tsx';
import { runsList } from './reporting/RunsList.ts';
import styles from './Section.module.css';

/** The runs of integrations, and what became of each comment. */
export default function ReportingSection(): ReactNode {
  const { ask } = usePanel();
  const [list] = useState(() => runsList(ask));
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
