import Button from '@atlaskit/button/default/button';
import Modal from '@atlaskit/modal-dialog/modal-dialog';
import ModalBody from '@atlaskit/modal-dialog/modal-body';
import ModalFooter from '@atlaskit/modal-dialog/modal-footer';
import ModalHeader from '@atlaskit/modal-dialog/modal-header';
import ModalTitle from '@atlaskit/modal-dialog/modal-title';
import type { ReactNode } from 'react';
import { Announcement } from '../../Announcement.tsx';
import type { FormerView, Person } from '../../api/generated/api.ts';
import { FailedChecks } from '../../change/FailedChecks.tsx';
import { dialog, rollBack as words, type Told } from '../../messages.ts';
import { useAsking } from '../../panel/useAsking.ts';
import { Say } from '../../phrase.tsx';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import { useSlow } from '../../useSlow.ts';
import styles from './RollBackDialog.module.css';

/** What going back does, before it is done. */
export default function RollBackDialog({
  former,
  main,
  told,
  onClose,
}: {
  former: FormerView;
  main: Person;
  told: Told;
  onClose: () => void;
}): ReactNode {
  const { asking, trouble, ask } = useAsking();
  const going = asking !== null;
  const slow = useSlow(going);
  const to = former.person;
  const goBack = async () => {
    if ((await ask({ type: 'rollBack' })) !== null) {
      onClose();
    }
  };
  return (
    <Modal width="medium" shouldCloseOnOverlayClick={false} onClose={onClose}>
      <ModalHeader hasCloseButton closeButtonLabel={dialog.close}>
        <ModalTitle>{words.title(to)}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        {/* On a small screen it scrolls, and holds no control of its own: the keyboard must get into it. */}
        <div className={styles.body} role="region" aria-label={words.what} tabIndex={0}>
          <h2 className={styles.title}>{words.what}</h2>
          <ol className={styles.steps}>
            {[words.checks(to), words.switches(to), words.nobody].map((phrase, i) => (
              <li key={i}>
                <Say phrase={phrase} />
              </li>
            ))}
          </ol>
          <p>
            <Say phrase={words.safe(main)} />
          </p>
          <p className={styles.until}>
            <Say phrase={words.until(former, told)} />
          </p>
          <Announcement>{slow ? words.checking : ''}</Announcement>
          {slow && <p aria-hidden="true">{words.checking}</p>}
          {trouble !== null && <TroubleNotice trouble={trouble} told={told} headingLevel="h3" />}
          {trouble?.from === 'app' && trouble.error.code === 'formerFailsChecks' && (
            <FailedChecks checks={trouble.error.checks} of={to} recheck={words.button} />
          )}
        </div>
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" isDisabled={going} onClick={onClose}>
          {words.cancel}
        </Button>
        <Button appearance="primary" isLoading={going} onClick={() => void goBack()}>
          {words.button}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
