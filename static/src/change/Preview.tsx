import Button from '@atlaskit/button/default/button';
import { useState, type ReactNode, type RefObject } from 'react';
import type { Account, ErrorCode, Person, ReauthorizationPolicy, Rehearsal, SessionKey, Settings, Timestamp } from '../api/generated/api.ts';
import { dialog, explain, rehearsing as words, type Told } from '../messages.ts';
import { PolicyChoice } from '../PolicyChoice.tsx';
import { Acknowledgement } from '../rehearsal/Acknowledgement.tsx';
import { outdated } from '../rehearsal/outdated.ts';
import { RehearsalView } from '../rehearsal/RehearsalView.tsx';
import { useAcknowledged } from '../rehearsal/useAcknowledged.ts';
import { useRehearser } from '../rehearsal/useRehearser.ts';
import type { Plan } from '../schedule/Plan.ts';
import { SwitchTime } from '../schedule/SwitchTime.tsx';
import { usePlanned } from '../schedule/usePlanned.ts';
import { BeginTrouble } from './BeginTrouble.tsx';
import { HandOffInstead } from './HandOffInstead.tsx';
import { HowToSignIn } from './HowToSignIn.tsx';
import { StepByStep } from './StepByStep.tsx';
import styles from './StepByStep.module.css';
import { StepView } from './StepView.tsx';
import type { Authorization, Way } from './useAuthorization.ts';

/**
 * Begins a change: in one of two ways, in place of somebody else's, if one is named, with what was acknowledged, and to
 * switch at its time.
 */
export type Begin = (
  way: Way,
  insteadOf: SessionKey | null,
  demanded: { acknowledged: string | null; switchAt: Timestamp | null },
  onRefused: (error: ErrorCode) => void,
) => void;

/** The second step of a change to another account: what it would do, rehearsed while the present one still works. */
export function Preview({
  intended,
  main,
  settings,
  policy,
  plan,
  told,
  first,
  authorization,
  onPolicy,
  onPlan,
  onBack,
  onBegin,
}: {
  intended: Person;
  /** The main authorized user now. */
  main: Account;
  settings: Settings;
  policy: ReauthorizationPolicy;
  /** When it is to switch. */
  plan: Plan;
  told: Told;
  first: RefObject<HTMLElement>;
  authorization: Authorization;
  /** Chooses what the change asks of people. */
  onPolicy: (policy: ReauthorizationPolicy) => void;
  onPlan: (plan: Plan) => void;
  onBack: () => void;
  onBegin: Begin;
}): ReactNode {
  const { rehearser, known } = useRehearser(intended.accountId);
  const acknowledged = useAcknowledged(known);
  const time = usePlanned(plan, told);
  const { trouble, busy, beginning } = authorization;
  /** The way that was chosen last: whoever takes over goes on in it. */
  const [way, setWay] = useState<Way>('here');
  /** The refusal that leads to a new result: it stands over that. */
  const news = trouble?.from === 'app' && outdated(trouble.error) ? trouble : null;
  const begin = (chosen: Way, insteadOf: SessionKey | null) => {
    // What is wrong with the time stands above what is to be acknowledged.
    const switches = time.demand();
    const demanded = switches === null ? null : acknowledged.demand();
    if (switches !== null && demanded !== null) {
      setWay(chosen);
      onBegin(chosen, insteadOf, { ...demanded, ...switches }, (error) => {
        if (outdated(error)) {
          rehearser.anew();
        }
      });
    }
  };
  const takeOver = (insteadOf: SessionKey) => begin(way, insteadOf);
  return (
    <StepView
      title={words.will}
      first={first}
      controls={
        <>
          <Button appearance="subtle" onClick={onBack} isDisabled={busy}>
            {dialog.back}
          </Button>
          <Button
            appearance="primary"
            onClick={() => begin('here', null)}
            isLoading={beginning === 'here'}
            isDisabled={acknowledged.rehearsal === null || beginning === 'handedOff'}
          >
            {explain.continue}
          </Button>
        </>
      }
    >
      {news !== null && <BeginTrouble trouble={news} told={told} onTakeOver={takeOver} />}
      <RehearsalView rehearser={rehearser} known={known} policy={policy} />
      <PolicyChoice policy={policy} isDisabled={busy} onChoose={onPolicy} />
      <SwitchTime
        plan={plan}
        demanded={time}
        policy={policy}
        people={willBeTold(acknowledged.rehearsal)}
        told={told}
        isDisabled={busy}
        onPlan={onPlan}
      />
      <details className={styles.fold}>
        <summary className={styles.summary}>
          <h3 className={styles.title}>{explain.willHappen}</h3>
        </summary>
        <StepByStep intended={intended} main={main} settings={settings} />
      </details>
      <HowToSignIn intended={intended} />
      <HandOffInstead
        intended={intended}
        authorization={authorization}
        isDisabled={acknowledged.rehearsal === null}
        onBegin={() => begin('handedOff', null)}
      />
      <Acknowledgement acknowledged={acknowledged} />
      {news === null && <BeginTrouble trouble={trouble} told={told} onTakeOver={takeOver} />}
    </StepView>
  );
}

/** How many people connected their account and need not allow again now. */
function willBeTold(rehearsal: Rehearsal | null): number | null {
  return rehearsal === null ? null : rehearsal.consequences.people - rehearsal.consequences.toReauthorize;
}
