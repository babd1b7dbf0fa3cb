import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import { Announcement } from '../../Announcement.tsx';
import type { ChangeView, Status } from '../../api/generated/api.ts';
import { scheduled as words, stageSentence, type Told } from '../../messages.ts';
import { Notice } from '../../Notice.tsx';
import { useAsking } from '../../panel/useAsking.ts';
import { plain, Say } from '../../phrase.tsx';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import { useSlow } from '../../useSlow.ts';
import styles from './ChangeUnderWay.module.css';

/** A change that waits for its time: when that is, who scheduled it, and what may be done until then. */
export function ScheduledChange({
  change,
  status,
  told,
  isQuiet,
}: {
  change: ChangeView;
  status: Status;
  told: Told;
  /** Whether something else announces how the change gets on. */
  isQuiet: boolean;
}): ReactNode {
  const { asking, trouble, ask } = useAsking();
  const slow = useSlow(asking === 'switchNow');
  const { actions } = status;
  const when = words.when(change, told);
  return (
    <>
      <Announcement>{isQuiet ? '' : slow ? words.slow : plain(when)}</Announcement>
      <Notice appearance="information" title={words.title}>
        <p>
          <Say phrase={when} />
        </p>
        <p>
          <Say phrase={stageSentence(change)} /> {words.told(change.policy)}
        </p>
        {slow && <p>{words.slow}</p>}
        <div className={styles.controls}>
          {actions.includes('switchNow') && (
            <Button
              isLoading={asking === 'switchNow'}
              isDisabled={asking === 'cancelChange'}
              onClick={() => void ask({ type: 'switchNow', change: change.key })}
            >
              {words.switchNow}
            </Button>
          )}
          {actions.includes('cancelChange') && (
            <Button
              appearance="subtle"
              isLoading={asking === 'cancelChange'}
              isDisabled={asking === 'switchNow'}
              onClick={() => void ask({ type: 'cancelChange', change: change.key })}
            >
              {words.cancel}
            </Button>
          )}
        </div>
      </Notice>
      {trouble !== null && <TroubleNotice trouble={trouble} told={told} />}
    </>
  );
}
