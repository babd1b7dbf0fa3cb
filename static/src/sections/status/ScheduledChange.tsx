import Button from '@atlaskit/button/default/button';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Announcement } from '../../Announcement.tsx';
import type { ChangeView, Status } from '../../api/generated/api.ts';
import { scheduled as words, stageSentence, type Told } from '../../messages.ts';
import { Notice } from '../../Notice.tsx';
import type { Asking } from '../../panel/useAsking.ts';
import { plain, Say } from '../../phrase.tsx';
import { useSlow } from '../../useSlow.ts';
import styles from './ChangeUnderWay.module.css';

const SureDialog = lazy(() => import('../SureDialog.tsx'));

/** A change that waits for its time: when that is, who scheduled it, and what may be done until then. */
export function ScheduledChange({
  change,
  status,
  told,
  isQuiet,
  asking: { asking, ask },
}: {
  change: ChangeView;
  status: Status;
  told: Told;
  /** Whether something else announces how the change gets on. */
  isQuiet: boolean;
  /** Held by the page, which says what came of it also where the change is gone. */
  asking: Asking;
}): ReactNode {
  const slow = useSlow(asking === 'switchNow');
  const { actions } = status;
  /** What was selected and takes effect at once. */
  const [wanted, setWanted] = useState<'switchNow' | 'cancelChange' | null>(null);
  const close = () => setWanted(null);
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
              onClick={() => setWanted('switchNow')}
            >
              {words.switchNow}
            </Button>
          )}
          {actions.includes('cancelChange') && (
            <Button
              appearance="subtle"
              isLoading={asking === 'cancelChange'}
              isDisabled={asking === 'switchNow'}
              onClick={() => setWanted('cancelChange')}
            >
              {words.cancel}
            </Button>
          )}
        </div>
      </Notice>
      <Suspense fallback={null}>
        {wanted === 'switchNow' && (
          <SureDialog
            title={words.sure}
            what={words.sureWhat(change, told)}
            go={words.switchNow}
            stay={words.keep}
            onGo={() => void ask({ type: 'switchNow', change: change.key })}
            onClose={close}
          />
        )}
        {wanted === 'cancelChange' && (
          <SureDialog
            title={words.sureCancel}
            what={words.sureCancelWhat(change)}
            go={words.cancel}
            stay={words.keep}
            onGo={() => void ask({ type: 'cancelChange', change: change.key })}
            onClose={close}
          />
        )}
      </Suspense>
    </>
  );
}
