import { useEffect, useState, type ReactNode, type RefObject } from 'react';
import { Announcement } from '../Announcement.tsx';
import type { Trouble } from '../api/door.ts';
import type { ChangeView, Person, ReauthorizationPolicy, Status } from '../api/generated/api.ts';
import { stageSentence, type Told } from '../messages.ts';
import { waitsForWord } from '../panel/next.ts';
import { useAsking } from '../panel/useAsking.ts';
import { plain } from '../phrase.tsx';
import type { AppClock } from '../time.ts';
import { AllowInJira } from './AllowInJira.tsx';
import { CarryingOut } from './CarryingOut.tsx';
import { Ended } from './Ended.tsx';
import { FinishHandedOff } from './FinishHandedOff.tsx';
import { Gone, sentenceOnEnd } from './Gone.tsx';
import { HandedOff } from './HandedOff.tsx';
import { Mismatch } from './Mismatch.tsx';
import { Scheduled } from './Scheduled.tsx';
import { Stopped } from './Stopped.tsx';
import type { Authorization } from './useAuthorization.ts';

/** What every view of a change that has begun is given. */
export interface Following {
  readonly change: ChangeView;
  readonly status: Status;
  /** Why the change could not be carried on when the panel last tried. */
  readonly held: Trouble | null;
  readonly told: Told;
  /** What the change asks of people. */
  readonly policy: ReauthorizationPolicy;
  readonly first: RefObject<HTMLElement>;
  /** Begins anew with this account; absent when the app does not offer that now. */
  readonly onAgain: ((intended: Person) => void) | undefined;
  /** Goes back to the choice of an account; absent when the app does not offer that now. */
  readonly onAnother: (() => void) | undefined;
  /** Cancels the change; absent when the app does not offer that now. */
  readonly onCancel: (() => void) | undefined;
  readonly onClose: () => void;
  readonly authorization: Authorization;
  /** What a control of the view has set going. */
  readonly asking: ReturnType<typeof useAsking>;
}

/** A change that has begun, from the open authorization page to its end. */
export function Follow({
  change,
  status,
  clock,
  onAgain,
  onAnother,
  onClose,
  ...rest
}: {
  /** The change, or nothing once another has taken its place. */
  change: ChangeView | null;
  status: Status;
  clock: AppClock;
  held: Trouble | null;
  policy: ReauthorizationPolicy;
  told: Told;
  first: RefObject<HTMLElement>;
  authorization: Authorization;
  onAgain: (intended: Person) => void;
  onAnother: () => void;
  onClose: () => void;
}): ReactNode {
  const asking = useAsking();
  const [seen, setSeen] = useState(change);
  useEffect(() => {
    if (change !== null) {
      setSeen(change);
    }
  }, [change]);

  if (change === null) {
    const sentence = sentenceOnEnd(seen, status.history);
    return (
      <>
        <Announcement>{plain(sentence)}</Announcement>
        <Gone sentence={sentence} status={status} told={rest.told} first={rest.first} onClose={onClose} />
      </>
    );
  }

  const mayBegin = status.actions.includes('change') || status.actions.includes('connect');
  const cancel = async () => {
    if ((await asking.ask({ type: 'cancelChange', change: change.key })) !== null) {
      onClose();
    }
  };
  const following: Following = {
    ...rest,
    change,
    status,
    asking,
    onClose,
    onAgain: mayBegin ? onAgain : undefined,
    onAnother: mayBegin ? onAnother : undefined,
    onCancel: status.actions.includes('cancelChange') ? () => void cancel() : undefined,
  };
  return (
    <>
      <Announcement>{plain(stageSentence(change))}</Announcement>
      <Stage following={following} clock={clock} />
    </>
  );
}

function Stage({ following, clock }: { following: Following; clock: AppClock }): ReactNode {
  const { stage } = following.change;
  switch (stage.type) {
    case 'awaitingConsent':
      return <AllowInJira {...following} clock={clock} />;
    case 'handedOff':
      return <HandedOff {...following} link={stage.link} />;
    case 'allowedByOther':
      return <Mismatch key={stage.allowed.accountId} {...following} allowed={stage.allowed} />;
    case 'denied':
    case 'expired':
    case 'interrupted':
      return <Stopped {...following} stage={stage} />;
    case 'scheduled':
      return stage.looking ? <CarryingOut {...following} /> : <Scheduled {...following} />;
    case 'allowed':
      return waitsForWord(following.change) ? <FinishHandedOff {...following} /> : <CarryingOut {...following} />;
    case 'verifying':
    case 'working':
    case 'undoing':
      return <CarryingOut {...following} />;
    case 'ended':
      return <Ended {...following} outcome={stage.outcome} />;
  }
}
