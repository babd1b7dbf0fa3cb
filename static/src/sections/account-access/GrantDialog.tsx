import Button from '@atlaskit/button/default/button';
import Modal from '@atlaskit/modal-dialog/modal-dialog';
import ModalBody from '@atlaskit/modal-dialog/modal-body';
import ModalFooter from '@atlaskit/modal-dialog/modal-footer';
import ModalHeader from '@atlaskit/modal-dialog/modal-header';
import ModalTitle from '@atlaskit/modal-dialog/modal-title';
import Textfield from '@atlaskit/textfield/text-field';
import { useId, useState, type ReactNode } from 'react';
import type { Trouble } from '../../api/door.ts';
import type { Timestamp } from '../../api/generated/api.ts';
import { dialog, grantDialog as words, support, type Told } from '../../messages.ts';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import styles from './AccountAccess.module.css';
import { endOf, UntilChoice, usual, type Lasts } from './UntilChoice.tsx';

/** Longest ticket, in characters. */
const LONGEST = 100;

/** Lets support in without a request. */
export function GrantDialog({
  told,
  busy,
  trouble,
  onClose,
  onGrant,
}: {
  told: Told;
  busy: boolean;
  trouble: Trouble | null;
  onClose: () => void;
  onGrant: (ticket: string, until: Timestamp) => void;
}): ReactNode {
  const id = useId();
  const [ticket, setTicket] = useState('');
  const [chosen, setChosen] = useState<Lasts>(() => usual(null, told.now));
  // The answer brings the code, which is told once.
  const leave = () => {
    if (!busy) {
      onClose();
    }
  };
  return (
    <Modal width="medium" shouldCloseOnOverlayClick={false} onClose={leave}>
      <ModalHeader hasCloseButton closeButtonLabel={dialog.close}>
        <ModalTitle>{words.title}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <div className={styles.parts}>
          <p>{words.explanation}</p>
          <div className={styles.field}>
            <label htmlFor={`${id}-ticket`} className={styles.label}>
              {words.ticket}
            </label>
            <Textfield
              id={`${id}-ticket`}
              maxLength={LONGEST}
              value={ticket}
              aria-describedby={`${id}-hint`}
              onChange={(event) => setTicket(event.currentTarget.value)}
            />
            <p id={`${id}-hint`} className={styles.hint}>
              {words.ticketHint}
            </p>
          </div>
          <UntilChoice asked={null} chosen={chosen} told={told} isDisabled={busy} onChoose={setChosen} />
          {trouble !== null && <TroubleNotice trouble={trouble} told={told} />}
        </div>
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" isDisabled={busy} onClick={leave}>
          {support.cancel}
        </Button>
        <Button appearance="primary" isLoading={busy} onClick={() => onGrant(ticket, endOf(chosen, null, told.now))}>
          {support.grant}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
