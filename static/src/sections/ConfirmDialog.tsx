import Button from '@atlaskit/button/default/button';
import Modal from '@atlaskit/modal-dialog/modal-dialog';
import ModalBody from '@atlaskit/modal-dialog/modal-body';
import ModalFooter from '@atlaskit/modal-dialog/modal-footer';
import ModalHeader from '@atlaskit/modal-dialog/modal-header';
import ModalTitle from '@atlaskit/modal-dialog/modal-title';
import type { ReactNode, RefObject } from 'react';
import type { Trouble } from '../api/door.ts';
import { InSight } from '../InSight.tsx';
import { dialog, type Told } from '../messages.ts';
import type { Phrase } from '../phrase.tsx';
import { TroubleNotice } from '../TroubleNotice.tsx';
import styles from './ConfirmDialog.module.css';

/** What something means, before it is done; it stays open until the answer tells whether it is done. */
export function ConfirmDialog({
  title,
  button,
  cancel,
  isDangerous,
  busy,
  trouble,
  sentence,
  told,
  back = true,
  onClose,
  onConfirm,
  children,
}: {
  title: ReactNode;
  button: string;
  cancel: string;
  isDangerous: boolean;
  busy: boolean;
  trouble: Trouble | null;
  /** What is said of the trouble here, where that is something of its own. */
  sentence?: Phrase | undefined;
  told: Told;
  /** Where the focus goes when it closes, if not to what had it before. */
  back?: true | RefObject<HTMLElement>;
  onClose: () => void;
  onConfirm: () => void;
  /** What it means. */
  children: ReactNode;
}): ReactNode {
  const leave = () => {
    if (!busy) {
      onClose();
    }
  };
  return (
    <Modal width="small" shouldReturnFocus={back} shouldCloseOnOverlayClick={false} onClose={leave}>
      <ModalHeader hasCloseButton closeButtonLabel={dialog.close}>
        <ModalTitle>{title}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <div className={styles.body}>
          {children}
          {trouble !== null && (
            <InSight takesFocus>
              <TroubleNotice trouble={trouble} sentence={sentence} told={told} />
            </InSight>
          )}
        </div>
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" isDisabled={busy} onClick={leave}>
          {cancel}
        </Button>
        <Button appearance={isDangerous ? 'danger' : 'primary'} isLoading={busy} onClick={onConfirm}>
          {button}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
