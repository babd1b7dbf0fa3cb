import { useState, type ReactNode, type RefObject } from 'react';
import type { Trouble } from '../../api/door.ts';
import type { ChangeView, Outcome, SessionKey, Status } from '../../api/generated/api.ts';
import type { Open } from '../../change/opening.ts';
import { redirectRefusal, refusals, registerDue, status as words, testsFailed, type Told } from '../../messages.ts';
import { usePanel } from '../../panel/PanelContext.tsx';
import { useAsking } from '../../panel/useAsking.ts';
import { useReader } from '../../reader.tsx';
import type { AppClock } from '../../time.ts';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import { useNow } from '../../useNow.ts';
import { ChangeUnderWay } from './ChangeUnderWay.tsx';
import { Checks } from './Checks.tsx';
import { History } from './History.tsx';
import { LastChange } from './LastChange.tsx';
import { MainUser } from './MainUser.tsx';
import { NotConnected } from './NotConnected.tsx';
import { Refusals } from '../Refusals.tsx';
import { DueLine } from './DueLine.tsx';
import { RiskBanner } from './RiskBanner.tsx';
import { ScheduledChange } from './ScheduledChange.tsx';
import styles from './Overview.module.css';

/** How often the ages on the page are reckoned anew, in milliseconds. */
const AGES_MS = 15_000;

/** The section once there is a status. */
export function Overview({
  status,
  clock,
  stale,
  begun,
  seen,
  dialogIsOpen,
  open: openDialog,
  onSeen,
  onOpenRegister,
}: {
  status: Status;
  clock: AppClock;
  stale: Trouble | null;
  /** Given to what stands on the page for a change that has begun. */
  begun: RefObject<HTMLDivElement>;
  /** The change whose end somebody has seen. */
  seen: SessionKey | null;
  dialogIsOpen: boolean;
  open: Open;
  onSeen: (change: SessionKey) => void;
  onOpenRegister: () => void;
}): ReactNode {
  const { retry } = usePanel();
  const { calendar } = useReader();
  const told: Told = { now: useNow(clock, AGES_MS), calendar };
  const [retrying, setRetrying] = useState(false);
  const tryAgain = async () => {
    setRetrying(true);
    await retry();
    setRetrying(false);
  };
  const { change } = status;
  const isUnderWay = change !== null && change.stage.type !== 'ended';
  /** What the controls of the change under way ask. */
  const asking = useAsking();
  const { trouble } = asking;
  const open: Open = (how) => {
    asking.forget();
    openDialog(how);
  };
  return (
    <>
      {stale !== null && (
        <>
          <TroubleNotice trouble={stale} told={told} isRetrying={retrying} onRetry={() => void tryAgain()} />
          <p>{words.stale(status.now, told)}</p>
        </>
      )}
      {status.risk !== null && <RiskBanner risk={status.risk} told={told} />}
      <div ref={begun} className={styles.begun}>
        {isUnderWay &&
          (change.stage.type === 'scheduled' ? (
            <ScheduledChange change={change} status={status} told={told} isQuiet={dialogIsOpen} asking={asking} />
          ) : (
            <ChangeUnderWay change={change} status={status} told={told} isQuiet={dialogIsOpen} asking={asking} open={open} />
          ))}
        {trouble !== null && (isUnderWay || tellsOfEnd(trouble)) && <TroubleNotice trouble={trouble} told={told} />}
      </div>
      {change?.stage.type === 'ended' && concerns(change, change.stage.outcome) && change.key !== seen && !dialogIsOpen && deservesNotice(change.stage.outcome) && (
        <LastChange change={change} outcome={change.stage.outcome} open={open} onDismiss={() => onSeen(change.key)} />
      )}
      {status.main === null ? (
        <NotConnected status={status} open={open} />
      ) : (
        <>
          <MainUser main={status.main} status={status} told={told} open={open} />
          <Checks main={status.main.account} status={status} told={told} open={open} />
        </>
      )}
      {status.testsFailed > 0 && <DueLine words={testsFailed} count={status.testsFailed} onOpen={onOpenRegister} />}
      {status.registerDue > 0 && <DueLine words={registerDue} count={status.registerDue} onOpen={onOpenRegister} />}
      <History rows={status.history} told={told} />
      {status.refusals.length > 0 && <Refusals rows={status.refusals} words={refusals} reason={redirectRefusal} told={told} />}
    </>
  );
}

/** Whether a change was gone already when something was asked of it: its card is gone then as well. */
function tellsOfEnd(trouble: Trouble): boolean {
  return trouble.from === 'app' && (trouble.error.code === 'noSuchChange' || trouble.error.code === 'wrongStage');
}

/** Whether this person is told of an end: of their own changes, and of one that was stopped with nobody there. */
function concerns(change: ChangeView, outcome: Outcome): boolean {
  return change.mine || outcome.type === 'stopped';
}

/** Whether a person who began a change has to be told that it ended so: what they brought about themselves, they know. */
function deservesNotice(outcome: Outcome): boolean {
  switch (outcome.type) {
    case 'superseded':
    case 'denied':
    case 'checksFailed':
    case 'webhooksFailed':
    case 'interrupted':
    case 'expired':
    case 'stopped':
      return true;
    case 'completed':
    case 'refreshed':
    case 'cancelled':
    case 'wrongAccount':
      return false;
  }
}
