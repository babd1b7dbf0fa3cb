import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import { Announcement } from '../../Announcement.tsx';
import type { ChangeView, Status } from '../../api/generated/api.ts';
import type { Open } from '../../change/opening.ts';
import { SwitchesAt } from '../../change/SwitchesAt.tsx';
import { dialog, handOff, stageSentence, underWay, type Told } from '../../messages.ts';
import { Notice } from '../../Notice.tsx';
import { waitsForWord } from '../../panel/next.ts';
import type { Asking } from '../../panel/useAsking.ts';
import { plain, Say } from '../../phrase.tsx';
import styles from './ChangeUnderWay.module.css';

/** A change that has begun and not ended, with the way back into it. */
export function ChangeUnderWay({
  change,
  status,
  told,
  isQuiet,
  asking: { asking, ask },
  open,
}: {
  change: ChangeView;
  status: Status;
  told: Told;
  /** Whether something else announces how the change gets on. */
  isQuiet: boolean;
  /** Held by the page, which says what came of it also where the change is gone. */
  asking: Asking;
  open: Open;
}): ReactNode {
  const { actions } = status;
  const link = change.stage.type === 'handedOff' ? change.stage.link : null;
  return (
    <>
      <Announcement>{isQuiet ? '' : plain(stageSentence(change))}</Announcement>
      <Notice appearance={needsPerson(change) ? 'warning' : 'information'} title={underWay.title(change)}>
        <p>
          <Say phrase={stageSentence(change)} />{' '}
          <Say phrase={change.mine ? underWay.mine(change, told) : underWay.theirs(change, told)} />
          {link?.standing === 'open' && (
            <>
              {' '}
              <Say phrase={handOff.expires(link, told)} />
            </>
          )}
        </p>
        <SwitchesAt change={change} told={told} />
        <div className={styles.controls}>
          {change.mine && (
            <Button appearance="primary" onClick={() => open({ at: 'follow', change: change.key })}>
              {underWay.open}
            </Button>
          )}
          {!change.mine && actions.includes('takeOver') && (
            <Button
              onClick={() => open({ at: 'choose', insteadOf: { change: change.key, by: change.initiator } })}
            >
              {underWay.takeOver}
            </Button>
          )}
          {actions.includes('revokeHandOff') && (
            <Button
              appearance="subtle"
              isLoading={asking === 'revokeHandOff'}
              onClick={() => void ask({ type: 'revokeHandOff', change: change.key })}
            >
              {handOff.revoke}
            </Button>
          )}
          {!change.mine && actions.includes('cancelChange') && (
            <Button
              appearance="subtle"
              isLoading={asking === 'cancelChange'}
              onClick={() => void ask({ type: 'cancelChange', change: change.key })}
            >
              {dialog.cancelChange}
            </Button>
          )}
        </div>
      </Notice>
    </>
  );
}

function needsPerson(change: ChangeView): boolean {
  const { stage } = change;
  switch (stage.type) {
    case 'interrupted':
    case 'allowedByOther':
    case 'denied':
    case 'expired':
      return true;
    case 'handedOff':
      return stage.link.standing !== 'open';
    case 'allowed':
      return waitsForWord(change);
    case 'awaitingConsent':
    case 'verifying':
    case 'scheduled':
    case 'working':
    case 'undoing':
    case 'ended':
      return false;
  }
}
