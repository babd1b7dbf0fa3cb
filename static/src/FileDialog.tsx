import Button from '@atlaskit/button/default/button';
import Modal from '@atlaskit/modal-dialog/modal-dialog';
import ModalBody from '@atlaskit/modal-dialog/modal-body';
import ModalFooter from '@atlaskit/modal-dialog/modal-footer';
import ModalHeader from '@atlaskit/modal-dialog/modal-header';
import ModalTitle from '@atlaskit/modal-dialog/modal-title';
import type { ReactNode } from 'react';
import styles from './FileDialog.module.css';
import { GrowingBody } from './GrowingBody.tsx';
import { dialog } from './messages.ts';

/** A dialog in which something is offered to be taken along: a file that is made there, or values to copy. */
export function FileDialog({
  title,
  close,
  controls,
  onClose,
  children,
}: {
  title: string;
  /** What closing it is called. */
  close: string;
  /** Other controls beside that. */
  controls?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}): ReactNode {
  return (
    <Modal width="medium" shouldCloseOnOverlayClick={false} onClose={onClose}>
      <ModalHeader hasCloseButton closeButtonLabel={dialog.close}>
        <ModalTitle>{title}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <GrowingBody className={styles.body}>{children}</GrowingBody>
      </ModalBody>
      <ModalFooter>
        {controls}
        <Button appearance="subtle" onClick={onClose}>
          {close}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
