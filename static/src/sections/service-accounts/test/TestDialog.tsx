import Button from '@atlaskit/button/default/button';
import Modal from '@atlaskit/modal-dialog/modal-dialog';
import ModalBody from '@atlaskit/modal-dialog/modal-body';
import ModalFooter from '@atlaskit/modal-dialog/modal-footer';
import ModalHeader from '@atlaskit/modal-dialog/modal-header';
import ModalTitle from '@atlaskit/modal-dialog/modal-title';
import { useRef, type ReactNode, type RefObject } from 'react';
import { Announcement } from '../../../Announcement.tsx';
import type { Person } from '../../../api/generated/api.ts';
import { LoadingWords } from '../../../LoadingWords.tsx';
import { dialog, testLink, trial as words, trialResult, type Told } from '../../../messages.ts';
import { Say } from '../../../phrase.tsx';
import { TroubleNotice } from '../../../TroubleNotice.tsx';
import { useFocusKept } from '../../../useFocusKept.ts';
import styles from './Test.module.css';
import { Tested } from './Tested.tsx';
import { useTrial, type KnownTrial } from './useTrial.ts';

/** What tests of an account found, where it is tested, and a new test. */
export default function TestDialog({
  account,
  told,
  back,
  onClose,
}: {
  account: Person;
  told: Told;
  /** Where the focus goes when it closes. */
  back: RefObject<HTMLElement>;
  onClose: () => void;
}): ReactNode {
  const trials = useTrial(account.accountId);
  const { known, retry, begin } = trials;
  const place = useRef<HTMLDivElement>(null);
  useFocusKept(place, known.phase === 'ready' ? `${known.trial.run !== null} ${known.trial.held !== null} ${known.trial.link?.standing}` : known.phase);
  const busy = known.phase === 'ready' && (known.asked !== null || known.trial.run !== null);
  return (
    <Modal width="large" shouldReturnFocus={back} shouldCloseOnOverlayClick={false} onClose={onClose}>
      <ModalHeader hasCloseButton closeButtonLabel={dialog.close}>
        <ModalTitle>
          <Say phrase={words.title(account)} />
        </ModalTitle>
      </ModalHeader>
      <ModalBody>
        <div ref={place} tabIndex={-1} className={styles.body}>
          <Announcement>{announced(known)}</Announcement>
          {known.phase === 'asking' && <LoadingWords loading={words.loading} slow={words.slow} />}
          {known.phase === 'failed' && <TroubleNotice trouble={known.trouble} told={told} onRetry={retry} />}
          {known.phase === 'ready' && <Tested trials={trials} known={known} />}
        </div>
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" onClick={onClose}>
          {words.close}
        </Button>
        {known.phase === 'ready' && (
          <Button appearance="primary" isLoading={busy} onClick={begin}>
            {known.trial.results.length === 0 ? words.button : words.again}
          </Button>
        )}
      </ModalFooter>
    </Modal>
  );
}

function announced(known: KnownTrial): string {
  if (known.phase !== 'ready') {
    return known.phase === 'asking' ? words.loading : '';
  }
  const { run, results, held } = known.trial;
  const [latest] = results;
  if (run !== null || known.asked === 'testAccount') {
    return words.testing;
  }
  const tested = latest === undefined ? words.never : `${words.latest}: ${trialResult(latest)}`;
  return held === null ? tested : `${tested} ${testLink.allowed}`;
}
