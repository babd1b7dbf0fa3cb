import Button from '@atlaskit/button/default/button';
import Textfield from '@atlaskit/textfield/text-field';
import { useId, type ReactNode } from 'react';
import { Announcement } from '../Announcement.tsx';
import { allow as words, stopped } from '../messages.ts';
import { Say } from '../phrase.tsx';
import { countdown, type AppClock } from '../time.ts';
import { TroubleNotice } from '../TroubleNotice.tsx';
import { useNow } from '../useNow.ts';
import styles from './AllowInJira.module.css';
import { CancelAndClose } from './CancelAndClose.tsx';
import type { Following } from './Follow.tsx';
import { StepView } from './StepView.tsx';
import { SwitchesAt } from './SwitchesAt.tsx';

const MINUTE_MS = 60_000;

/** The third step: somebody selects *Allow* in another tab. This view ends by itself. */
export function AllowInJira(following: Following & { clock: AppClock }): ReactNode {
  const { change, status, clock, told, first, authorization, onAnother } = following;
  const { trouble, shown, copied, busy } = authorization;
  const left = change.expiresAt - useNow(clock, 1000);
  const reopens = change.mine && status.actions.includes('reopenAuthorization');

  return (
    <StepView title={words.title} first={first} controls={<CancelAndClose {...following} />}>
      <p>
        <Say phrase={words.signIn(change.intended)} />
      </p>
      <SwitchesAt change={change} told={told} />
      <p className={styles.waiting}>
        {words.waiting} <span role="timer">{left > 0 ? words.left(countdown(left)) : words.over}</span>
      </p>
      <Announcement>{left > 0 && left <= MINUTE_MS ? words.lastMinute : ''}</Announcement>
      {reopens && (
        <div className={styles.controls}>
          <Button onClick={() => void authorization.reopen(change.key)} isDisabled={busy}>
            {words.again}
          </Button>
          <Button onClick={() => void authorization.copy(change.key)} isDisabled={busy}>
            {words.copy}
          </Button>
          {onAnother && (
            <Button appearance="subtle" onClick={onAnother}>
              {stopped.another}
            </Button>
          )}
        </div>
      )}
      <p role="status" className={styles.copied}>
        {copied ? words.copied : ''}
      </p>
      {shown !== null && <Address url={shown.url} why={words[shown.because]} />}
      {trouble !== null && <TroubleNotice trouble={trouble} told={told} headingLevel="h3" />}
    </StepView>
  );
}

function Address({ url, why }: { url: string; why: string }): ReactNode {
  const id = useId();
  return (
    <div role="alert" className={styles.address}>
      <p id={id}>{why}</p>
      <a href={url} target="_blank" rel="noopener noreferrer">
        {words.link}
      </a>
      <Textfield isReadOnly value={url} aria-label={words.link} aria-describedby={id} onFocus={(event) => event.currentTarget.select()} />
    </div>
  );
}
