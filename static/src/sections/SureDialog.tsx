import Button from '@atlaskit/button/default/button';
import Modal from '@atlaskit/modal-dialog/modal-dialog';
import ModalBody from '@atlaskit/modal-dialog/modal-body';
import ModalFooter from '@atlaskit/modal-dialog/modal-footer';
import ModalHeader from '@atlaskit/modal-dialog/modal-header';
import ModalTitle from '@atlaskit/modal-dialog/modal-title';
import type { ReactNode } from 'react';
import { dialog } from '../messages.ts';
import { Say, type Phrase } from '../phrase.tsx';

/** What a control does that takes effect at once, before it does. */
export default function SureDialog({
  title,
  what,
  go,
  stay,
  onGo,
  onClose,
}: {
  title: string;
  /** What happens. */
  what: Phrase;
  /** The control that goes on. */
  go: string;
  /** The control that does not. */
  stay: string;
  onGo: () => void;
  onClose: () => void;
}): ReactNode {
  return (
    <Modal width="small" onClose={onClose}>
      <ModalHeader hasCloseButton closeButtonLabel={dialog.close}>
        <ModalTitle>{title}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <p>
          <Say phrase={what} />
        </p>
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" onClick={onClose}>
          {stay}
        </Button>
        <Button
          appearance="primary"
          onClick={() => {
            onClose();
            onGo();
          }}
        >
          {go}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
