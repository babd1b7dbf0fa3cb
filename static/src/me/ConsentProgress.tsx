import { type ReactNode } from 'react';
import { Announcement } from '../Announcement.tsx';
import type { Consent } from '../api/generated/api.ts';
import { consent as words, consentFailure, type Told } from '../messages.ts';
import { Notice } from '../Notice.tsx';
import { plain, Say } from '../phrase.tsx';
import type { AppClock } from '../time.ts';
import { TroubleNotice } from '../TroubleNotice.tsx';
import { useNow } from '../useNow.ts';
import styles from './ConsentProgress.module.css';
import type { BeginConsent } from './useConsent.ts';

/** The authorization that the person began: that it is waited for, or how it failed. */
export function ConsentProgress({
  consent,
  clock,
  begun,
  told,
}: {
  consent: Consent | null;
  clock: AppClock;
  begun: BeginConsent;
  told: Told;
}): ReactNode {
  const failure = consent === null ? null : consentFailure(consent);
  return (
    <>
      <Announcement>{consent?.type === 'verifying' ? plain(words.verifying) : ''}</Announcement>
      {consent?.type === 'awaiting' && <Waiting expiresAt={consent.expiresAt} clock={clock} />}
      {consent?.type === 'verifying' && (
        <p>
          <Say phrase={words.verifying} />
        </p>
      )}
      {failure !== null && (
        <div role="alert">
          <Notice appearance="warning" title={failure.title}>
            <p>
              <Say phrase={failure.text} />
            </p>
          </Notice>
        </div>
      )}
      {begun.notOpened !== null && (
        <p role="alert">
          {words.notOpened}{' '}
          <a className={styles.link} href={begun.notOpened} target="_blank" rel="noopener noreferrer">
            {words.link}
          </a>
        </p>
      )}
      {begun.trouble !== null && <TroubleNotice trouble={begun.trouble} told={told} />}
    </>
  );
}

function Waiting({ expiresAt, clock }: { expiresAt: number; clock: AppClock }): ReactNode {
  const left = expiresAt - useNow(clock, 1000);
  return (
    <div className={styles.waiting}>
      <p role="status">
        <strong>{words.waitingTitle}.</strong> <Say phrase={words.waiting} />
      </p>
      <p role="timer" className={styles.left}>
        {words.left(left)}
      </p>
    </div>
  );
}
