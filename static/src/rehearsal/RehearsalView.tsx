import { useRef, type ReactNode } from 'react';
import { Announcement } from '../Announcement.tsx';
import type { ReauthorizationPolicy, Rehearsal } from '../api/generated/api.ts';
import { rehearsing as words, verdict, type Told } from '../messages.ts';
import { Notice } from '../Notice.tsx';
import { useReader } from '../reader.tsx';
import { TroubleNotice } from '../TroubleNotice.tsx';
import { useFocusKept } from '../useFocusKept.ts';
import { useNow } from '../useNow.ts';
import { Asking } from './Asking.tsx';
import { Progress } from './Progress.tsx';
import type { KnownRehearsal, Rehearser } from './Rehearser.ts';
import styles from './RehearsalView.module.css';
import { Result } from './Result.tsx';

/** How often ages are reckoned anew, in milliseconds. */
const AGES_MS = 5000;

/** A rehearsal, from its beginning to its result. */
export function RehearsalView({
  rehearser,
  known,
  policy,
}: {
  rehearser: Rehearser;
  known: KnownRehearsal;
  /** What a change would ask of people. */
  policy: ReauthorizationPolicy;
}): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  useFocusKept(place, viewOf(known));
  return (
    <div ref={place} tabIndex={-1} className={styles.view}>
      <Announcement>{announced(known)}</Announcement>
      {known.phase === 'asking' && <Asking />}
      {known.phase === 'failed' && <TroubleNotice trouble={known.trouble} headingLevel="h3" onRetry={rehearser.retry} />}
      {known.phase === 'ready' && <Ready rehearser={rehearser} known={known} policy={policy} />}
    </div>
  );
}

function Ready({
  rehearser,
  known,
  policy,
}: {
  rehearser: Rehearser;
  known: Extract<KnownRehearsal, { phase: 'ready' }>;
  policy: ReauthorizationPolicy;
}): ReactNode {
  const { rehearsal, clock, begins, stale } = known;
  const { calendar } = useReader();
  const told: Told = { now: useNow(clock, AGES_MS), calendar };
  return (
    <>
      {stale !== null && (
        <>
          <TroubleNotice trouble={stale} told={told} headingLevel="h3" onRetry={rehearser.retry} />
          <p>{words.stale}</p>
        </>
      )}
      {isUnderWay(rehearsal) && <Progress rehearsal={rehearsal} told={told} />}
      {rehearsal.doneAt === null && rehearsal.pollAfterMs === null && (
        <Notice appearance="warning" title={words.overtakenTitle} headingLevel="h3">
          <p>{words.overtaken}</p>
        </Notice>
      )}
      {rehearsal.doneAt !== null && !rehearsal.current && (
        <Notice appearance="warning" title={words.oldTitle} headingLevel="h3">
          <p>{words.old}</p>
        </Notice>
      )}
      {!isUnderWay(rehearsal) && (
        <Result key={rehearsal.id} rehearsal={rehearsal} begins={begins} rehearser={rehearser} policy={policy} told={told} />
      )}
    </>
  );
}

function isUnderWay({ pollAfterMs }: Rehearsal): boolean {
  return pollAfterMs !== null;
}

/** What is shown, as far as a control may go with it. */
function viewOf(known: KnownRehearsal): string {
  return known.phase === 'ready' ? `${known.rehearsal.id} ${String(isUnderWay(known.rehearsal))}` : known.phase;
}

function announced(known: KnownRehearsal): string {
  if (known.phase === 'failed') {
    return '';
  }
  if (known.phase === 'asking' || known.begins !== null || isUnderWay(known.rehearsal)) {
    return known.phase === 'ready' && known.rehearsal.waitsUntil !== null ? words.waiting : words.asking;
  }
  return known.rehearsal.doneAt === null ? words.overtakenTitle : verdict(known.rehearsal).title;
}
