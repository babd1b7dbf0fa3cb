import Button from '@atlaskit/button/default/button';
import type { ReactNode, RefObject } from 'react';
import type { Account, ErrorCode, Person, ReauthorizationPolicy, SessionKey, Settings } from '../api/generated/api.ts';
import { dialog, explain, rehearsing as words, type Told } from '../messages.ts';
import { PolicyChoice } from '../PolicyChoice.tsx';
import { Acknowledgement } from '../rehearsal/Acknowledgement.tsx';
import { outdated } from '../rehearsal/outdated.ts';
import { RehearsalView } from '../rehearsal/RehearsalView.tsx';
import { useAcknowledged } from '../rehearsal/useAcknowledged.ts';
import { useRehearser } from '../rehearsal/useRehearser.ts';
import { BeginTrouble } from './BeginTrouble.tsx';
import { HowToSignIn } from './HowToSignIn.tsx';
import { StepByStep } from './StepByStep.tsx';
import styles from './StepByStep.module.css';
import { StepView } from './StepView.tsx';
import type { Authorization } from './useAuthorization.ts';

/** Begins a change: in place of somebody else's, if one is named, and with what was acknowledged. */
export type Begin = (
  insteadOf: SessionKey | null,
  acknowledged: string | null,
  onRefused: (error: ErrorCode) => void,
) => void;

/** The second step of a change to another account: what it would do, rehearsed while the present one still works. */
export function Preview({
  intended,
  main,
  settings,
  policy,
  told,
  first,
  authorization,
  onPolicy,
  onBack,
  onBegin,
}: {
  intended: Person;
  /** The main authorized user now. */
  main: Account;
  settings: Settings;
  policy: ReauthorizationPolicy;
  told: Told;
  first: RefObject<HTMLElement>;
  authorization: Authorization;
  /** Chooses what the change asks of people. */
  onPolicy: (policy: ReauthorizationPolicy) => void;
  onBack: () => void;
  onBegin: Begin;
}): ReactNode {
  const { rehearser, known } = useRehearser(intended.accountId);
  const acknowledged = useAcknowledged(known);
  const { trouble, busy } = authorization;
  /** The refusal that leads to a new result: it stands over that. */
  const news = trouble?.from === 'app' && outdated(trouble.error) ? trouble : null;
  const begin = (insteadOf: SessionKey | null) => {
    const demanded = acknowledged.demand();
    if (demanded !== null) {
      onBegin(insteadOf, demanded.acknowledged, (error) => {
        if (outdated(error)) {
          rehearser.anew();
        }
      });
    }
  };
  return (
    <StepView
      title={words.will}
      first={first}
      controls={
        <>
          <Button appearance="subtle" onClick={onBack} isDisabled={busy}>
            {dialog.back}
          </Button>
          <Button appearance="primary" onClick={() => begin(null)} isLoading={busy} isDisabled={acknowledged.rehearsal === null}>
            {explain.continue}
          </Button>
        </>
      }
    >
      {news !== null && <BeginTrouble trouble={news} told={told} onTakeOver={begin} />}
      <RehearsalView rehearser={rehearser} known={known} policy={policy} />
      <PolicyChoice policy={policy} isDisabled={busy} onChoose={onPolicy} />
      <details className={styles.fold}>
        <summary className={styles.summary}>
          <h3 className={styles.title}>{explain.willHappen}</h3>
        </summary>
        <StepByStep intended={intended} main={main} settings={settings} />
      </details>
      <HowToSignIn intended={intended} />
      <Acknowledgement acknowledged={acknowledged} />
      {news === null && <BeginTrouble trouble={trouble} told={told} onTakeOver={begin} />}
    </StepView>
  );
}
