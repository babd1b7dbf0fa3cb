import Button from '@atlaskit/button/default/button';
import Modal from '@atlaskit/modal-dialog/modal-dialog';
import ModalBody from '@atlaskit/modal-dialog/modal-body';
import ModalFooter from '@atlaskit/modal-dialog/modal-footer';
import ModalHeader from '@atlaskit/modal-dialog/modal-header';
import ModalTitle from '@atlaskit/modal-dialog/modal-title';
import type { ReactNode, RefObject } from 'react';
import type { Trouble } from '../../api/door.ts';
import { InSight } from '../../InSight.tsx';
import { dialog, integrationOvertaken, type Told } from '../../messages.ts';
import type { Phrase } from '../../phrase.tsx';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import styles from './Fields.module.css';

/** What something means for an integration, before it is done. */
export function ConfirmDialog({
  title,
  means,
  button,
  cancel,
  untouched,
  isDangerous,
  busy,
  trouble,
  told,
  back = true,
  onClose,
  onConfirm,
}: {
  title: string;
  means: string;
  button: string;
  cancel: string;
  /** What did not happen where somebody else changed the integration first. */
  untouched: string;
  isDangerous: boolean;
  busy: boolean;
  trouble: Trouble | null;
  told: Told;
  /** Where the focus goes when it closes, if not to what had it before. */
  back?: true | RefObject<HTMLElement>;
  onClose: () => void;
  onConfirm: () => void;
}): ReactNode {
  // The answer tells whether it is done.
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
        <div className={styles.form}>
          <p>{means}</p>
          {trouble !== null && (
            <InSight takesFocus>
              <TroubleNotice trouble={trouble} told={told} sentence={overtaken(trouble, untouched, told)} />
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

/** Nothing was entered here that could have been saved: whoever was overtaken looks and decides again. */
function overtaken(trouble: Trouble, untouched: string, told: Told): Phrase | undefined {
  return trouble.from === 'app' && trouble.error.code === 'integrationChanged' ? integrationOvertaken(trouble.error, untouched, told) : undefined;
}
