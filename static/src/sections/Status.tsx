import Heading from '@atlaskit/heading/heading';
import { lazy, Suspense, useRef, useState, type ReactNode } from 'react';
import { Breakdown } from '../Breakdown.tsx';
import type { Opening } from '../change/opening.ts';
import type { SessionKey } from '../api/generated/api.ts';
import { status as words } from '../messages.ts';
import { useKnown } from '../panel/PanelContext.tsx';
import type { SectionKey } from '../sections.ts';
import { focusIsNowhere, useFocusKept } from '../useFocusKept.ts';
import { useWayBack } from '../useWayBack.ts';
import { BadgeLozenge } from './status/BadgeLozenge.tsx';
import { Failed } from './status/Failed.tsx';
import { Loading } from './status/Loading.tsx';
import { Overview } from './status/Overview.tsx';
import styles from './Status.module.css';

// The dialog is a third of the panel's code. It comes after the status, which is what most visits are for.
const ChangeDialog = lazy(() => import('../change/ChangeDialog.tsx'));

/** Whether the integration works, who it acts as, and what became of each change. */
export function StatusSection({ onOpen }: { onOpen: (section: SectionKey) => void }): ReactNode {
  const known = useKnown();
  const [opening, setOpening] = useState<Opening | null>(null);
  /** The change whose end somebody has seen. */
  const [seen, setSeen] = useState<SessionKey | null>(null);
  const heading = useRef<HTMLDivElement>(null);
  /** What stands on the page for a change that has begun. */
  const begun = useRef<HTMLDivElement>(null);
  const change = known.phase === 'ready' ? known.status.change : null;
  const ended = change?.stage.type === 'ended';
  const stale = known.phase === 'ready' && known.stale !== null;
  // The control of the change that took its place, or the heading of the page.
  const { remember, back } = useWayBack(() => begun.current?.querySelector('button') ?? heading.current);
  useFocusKept(heading, `${known.phase} ${stale} ${change === null || ended ? '' : change.key} ${String(seen)}`);

  const open = (how: Opening) => {
    remember();
    setOpening(how);
  };
  const close = () => {
    setOpening(null);
    if (ended) {
      setSeen(change.key);
    }
  };
  const closed = () => {
    if (focusIsNowhere()) {
      back.current?.focus();
    }
  };

  return (
    <div className={styles.section}>
      <div className={styles.head}>
        <div ref={heading} tabIndex={-1}>
          <Heading size="large" as="h1">
            {words.heading}
          </Heading>
        </div>
        {known.phase === 'ready' && <BadgeLozenge badge={known.status.badge} />}
      </div>
      {known.phase === 'loading' && <Loading />}
      {known.phase === 'failed' && <Failed trouble={known.trouble} />}
      {known.phase === 'ready' && <Overview {...known} begun={begun} seen={seen} dialogIsOpen={opening !== null} open={open} onSeen={setSeen} onOpenRegister={() => onOpen('serviceAccounts')} />}
      {known.phase === 'ready' && (
        <Breakdown>
          <Suspense fallback={null}>
            <ChangeDialog {...known} opening={opening} back={back} onClose={close} onClosed={closed} />
          </Suspense>
        </Breakdown>
      )}
    </div>
  );
}
