import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { reporting as words } from '../messages.ts';
import { usePanel } from '../panel/PanelContext.tsx';
import { LoadingList } from './LoadingList.tsx';
import { Overview } from './reporting/Overview.tsx';
import { runsList } from './reporting/RunsList.ts';
import { SectionFrame } from './SectionFrame.tsx';

/** The runs of integrations, and what became of each comment. */
export default function ReportingSection(): ReactNode {
  const { ask } = usePanel();
  const [list] = useState(() => runsList(ask));
  useEffect(list.start, [list]);
  const known = useSyncExternalStore(list.subscribe, list.known);
  return (
    <SectionFrame words={words} known={known} loading={<LoadingList words={words} />} onRetry={() => void list.read()}>
      {(ready) => <Overview list={list} known={ready} />}
    </SectionFrame>
  );
}
