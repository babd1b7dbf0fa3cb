import Button from '@atlaskit/button/default/button';
import { useId, type ReactNode, type RefObject } from 'react';
import type { Account, Person, ReauthorizationPolicy, SessionKey, Settings } from '../api/generated/api.ts';
import { dialog, explain as words, type Told } from '../messages.ts';
import { Say, type Phrase } from '../phrase.tsx';
import { PolicyChoice } from '../PolicyChoice.tsx';
import { useReader } from '../reader.tsx';
import { TroubleNotice } from '../TroubleNotice.tsx';
import { Blocked } from './Blocked.tsx';
import { StepView } from './StepView.tsx';
import type { Authorization } from './useAuthorization.ts';
import styles from './WhatWillHappen.module.css';

/** The second step: what will happen, and how to sign in as the account that was chosen. */
export function WhatWillHappen({
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
  main: Account | null;
  settings: Settings;
  policy: ReauthorizationPolicy;
  told: Told;
  first: RefObject<HTMLElement>;
  authorization: Authorization;
  /** Chooses what the change asks of people. */
  onPolicy: (policy: ReauthorizationPolicy) => void;
  onBack: () => void;
  /** Begins the change; in place of somebody else's, if one is named. */
  onBegin: (insteadOf: SessionKey | null) => void;
}): ReactNode {
  const reader = useReader();
  const id = useId();
  const { trouble, busy } = authorization;
  const inTheWay = trouble?.from === 'app' && trouble.error.code === 'changeUnderWay' ? trouble.error : null;

  return (
    <StepView
      title={words.willHappen}
      first={first}
      controls={
        <>
          <Button appearance="subtle" onClick={onBack} isDisabled={busy}>
            {dialog.back}
          </Button>
          <Button appearance="primary" onClick={() => onBegin(null)} isLoading={busy}>
            {words.continue}
          </Button>
        </>
      }
    >
      <ol className={styles.list}>
        {steps(intended, main, settings).map((phrase, i) => (
          <li key={i}>
            <Say phrase={phrase} />
          </li>
        ))}
      </ol>
      {main !== null && main.accountId !== intended.accountId && <PolicyChoice policy={policy} isDisabled={busy} onChoose={onPolicy} />}
      <section aria-labelledby={id} className={styles.signIn}>
        <h3 id={id} className={styles.title}>
          {words.howToSignIn}
        </h3>
        {reader.accountId === intended.accountId ? (
          <p>
            <Say phrase={words.self(intended)} />
          </p>
        ) : (
          <ul className={styles.list}>
            <li>
              <Say phrase={words.switchThere(intended)} />
            </li>
            <li>
              <Say phrase={words.privateWindow(intended)} />
            </li>
          </ul>
        )}
      </section>
      {inTheWay !== null && <Blocked by={inTheWay} told={told} onTakeOver={() => onBegin(inTheWay.change)} />}
      {trouble !== null && inTheWay === null && <TroubleNotice trouble={trouble} told={told} headingLevel="h3" />}
    </StepView>
  );
}

function steps(intended: Person, main: Account | null, { graceDays }: Settings): Phrase[] {
  if (main === null) {
    return [words.asks(intended), words.checks(intended), words.switches(intended), words.safeFirst];
  }
  if (main.accountId === intended.accountId) {
    return [words.asks(intended), words.checks(intended), words.refresh(intended)];
  }
  return [words.asks(intended), words.checks(intended), words.switches(intended), words.removes(main, graceDays), words.safe(main)];
}
