import Button from '@atlaskit/button/default/button';
import { useLayoutEffect, useRef, type ReactNode } from 'react';
import type { LinkView } from '../api/generated/api.ts';
import { handOff as words, stageSentence } from '../messages.ts';
import { Notice } from '../Notice.tsx';
import { Say } from '../phrase.tsx';
import { TroubleNotice } from '../TroubleNotice.tsx';
import styles from './AllowInJira.module.css';
import { CancelAndClose } from './CancelAndClose.tsx';
import type { Following } from './Follow.tsx';
import { LinkAddress } from './LinkAddress.tsx';
import { StepView } from './StepView.tsx';
import { SwitchesAt } from './SwitchesAt.tsx';

/** The third step where somebody else selects *Allow*. This view ends by itself; the link is shown once. */
export function HandedOff(following: Following & { link: LinkView }): ReactNode {
  const { change, status, told, first, authorization, asking, link } = following;
  const trouble = asking.trouble ?? authorization.trouble;
  const busy = authorization.busy || asking.asking !== null;
  const address = authorization.link?.change === change.key && link.standing === 'open' ? authorization.link.url : null;
  const renews = status.actions.includes('renewHandOff');
  const renew = useRef<HTMLButtonElement>(null);
  const revoking = useRef(false);
  const revoke = async () => {
    revoking.current = true;
    if ((await asking.ask({ type: 'revokeHandOff', change: change.key })) === null) {
      revoking.current = false;
    }
  };
  // The control goes with the link: what it leaves the focus to must not be the one that cancels the change. While the
  // request is out, the other control cannot take it.
  useLayoutEffect(() => {
    if (revoking.current && link.standing !== 'open' && !busy) {
      revoking.current = false;
      (renew.current ?? first.current)?.focus();
    }
  }, [busy, first, link.standing]);
  return (
    <StepView title={words.title} first={first} controls={<CancelAndClose {...following} />}>
      {link.standing === 'open' ? (
        <p>
          <Say phrase={stageSentence(change)} /> <Say phrase={words.expires(link, told)} />
        </p>
      ) : (
        <Notice appearance="warning">
          <p>
            <Say phrase={stageSentence(change)} />
          </p>
        </Notice>
      )}
      <SwitchesAt change={change} told={told} />
      {link.failed !== null && (
        <p className={styles.waiting}>
          <Say phrase={words.lastTry(link.failed, change.intended, told)} />
        </p>
      )}
      {address !== null && (
        <>
          <p>
            <Say phrase={words.send(change.intended)} />
          </p>
          <LinkAddress key={address} url={address} />
        </>
      )}
      {link.standing === 'open' && (
        <p>
          <Say phrase={words.safe(change.intended)} />
        </p>
      )}
      {address === null && link.standing === 'open' && <p className={styles.waiting}>{renews ? <Say phrase={words.gone} /> : words.goneForOthers}</p>}
      {change.mine && !renews && <p className={styles.waiting}>{words.noMore}</p>}
      <div className={styles.controls}>
        {renews && (
          <Button ref={renew} onClick={() => void authorization.renew(change.key)} isLoading={authorization.busy} isDisabled={busy}>
            {words.renew}
          </Button>
        )}
        {status.actions.includes('revokeHandOff') && (
          <Button
            appearance="subtle"
            onClick={() => void revoke()}
            isLoading={asking.asking === 'revokeHandOff'}
            isDisabled={busy}
          >
            {words.revoke}
          </Button>
        )}
      </div>
      {trouble !== null && <TroubleNotice trouble={trouble} told={told} headingLevel="h3" />}
    </StepView>
  );
}
