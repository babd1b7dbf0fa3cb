import Button from '@atlaskit/button/default/button';
import Lozenge from '@atlaskit/lozenge/lozenge';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { carriesName } from '../me/stands.ts';
import { ConsentProgress } from '../me/ConsentProgress.tsx';
import type { KnownMe, Mine } from '../me/Mine.ts';
import { useConsent } from '../me/useConsent.ts';
import { WaitingComment } from '../me/WaitingComment.tsx';
import { announcement, consent as consentWords, disconnecting, myState, onDay, personal as words, tokensStay, type Told } from '../messages.ts';
import { Notice } from '../Notice.tsx';
import { useReader } from '../reader.tsx';
import { Part } from '../sections/Part.tsx';
import { TroubleNotice } from '../TroubleNotice.tsx';
import { useNow } from '../useNow.ts';
import { AtlassianLink } from './AtlassianLink.tsx';
import styles from './MyAccount.module.css';
import { MyReach } from './MyReach.tsx';

const DisconnectDialog = lazy(() => import('./DisconnectDialog.tsx'));

/** How often dates on the page are reckoned anew, in milliseconds. */
const DATES_MS = 60_000;

/** Where the person stands, with everything that they may do about it. */
export function MyAccount({ mine, known }: { mine: Mine; known: Extract<KnownMe, { phase: 'ready' }> }): ReactNode {
  const { me, clock, stale } = known;
  const { calendar } = useReader();
  const told: Told = { now: useNow(clock, DATES_MS), calendar };
  const begun = useConsent(mine);
  const [isDisconnecting, setDisconnecting] = useState(false);
  const [gone, setGone] = useState(false);
  const state = myState(me, told);
  const works = carriesName(me.standing);
  const underWay = me.consent?.type === 'awaiting' || me.consent?.type === 'verifying';
  const begin = () => {
    setGone(false);
    void begun.begin();
  };

  return (
    <>
      {stale !== null && <TroubleNotice trouble={stale} told={told} onRetry={() => void mine.read()} />}
      <section className={styles.state}>
        <Lozenge spacing="spacious" appearance={works ? 'success' : me.standing === null ? 'neutral' : 'warning'}>
          {state.word}
        </Lozenge>
        <p>{state.text}</p>
        {works && (
          <p className={styles.dates}>
            {me.connectedAt !== null && words.connectedAt(onDay(me.connectedAt, told))}{' '}
            {me.idlesOutAt !== null && words.idle(onDay(me.idlesOutAt, told))}
          </p>
        )}
        {me.isMain && <p className={styles.dates}>{words.main}</p>}
        {me.needed?.type === 'former' && <p className={styles.dates}>{words.former(onDay(me.needed.until, told))}</p>}
        <p role="status" className={styles.gone}>
          {gone ? (tokensStay(me.needed) ? disconnecting.doneOwn : disconnecting.done) : ''}
        </p>
        {me.announcement !== null && (
          <Notice appearance="information" title={announcement.title}>
            <p>{announcement.text(me.announcement, calendar)}</p>
          </Notice>
        )}
        {!me.siteConnected && (
          <Notice appearance="information">
            <p>{words.siteNotConnected}</p>
          </Notice>
        )}
        <ConsentProgress consent={me.consent} clock={clock} begun={begun} told={told} />
        <div className={styles.controls}>
          {me.siteConnected && (
            <Button appearance={works || underWay ? 'default' : 'primary'} isLoading={begun.busy} onClick={begin}>
              {underWay ? consentWords.again : me.standing === null ? words.connect : words.reauthorize}
            </Button>
          )}
          {(me.standing !== null || me.needed?.type === 'former') && (
            <Button appearance="subtle" onClick={() => setDisconnecting(true)}>
              {words.disconnect}
            </Button>
          )}
        </div>
      </section>
      <WaitingComment mine={mine} held={me.held} works={works} told={told} />
        <MyReach />
      <Part title={words.inYourName}>
        <ul className={styles.list}>
          {[...words.doneInYourName, ...(me.isMain ? words.doneAsMain : [])].map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Part>
      <Part title={words.whatWeKeep}>
        <div className={styles.kept}>
          <ul className={styles.list}>
            {words.kept.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          <p>{words.password}</p>
          {me.scopes.length > 0 && <p className={styles.dates}>{words.scopes(me.scopes)}</p>}
          <p className={styles.dates}>
            <AtlassianLink />. {words.atlassianHint}
          </p>
        </div>
      </Part>
      <Suspense fallback={null}>
        {isDisconnecting && (
          <DisconnectDialog
            mine={mine}
            needed={me.needed}
            told={told}
            onClose={() => setDisconnecting(false)}
            onDone={() => {
              setDisconnecting(false);
              setGone(true);
            }}
          />
        )}
      </Suspense>
    </>
  );
}
