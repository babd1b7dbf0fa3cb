import Button from '@atlaskit/button/default/button';
import Modal from '@atlaskit/modal-dialog/modal-dialog';
import ModalBody from '@atlaskit/modal-dialog/modal-body';
import ModalFooter from '@atlaskit/modal-dialog/modal-footer';
import ModalHeader from '@atlaskit/modal-dialog/modal-header';
import ModalTitle from '@atlaskit/modal-dialog/modal-title';
import type { ReactNode, RefObject } from 'react';
import type { EntryView, RegisterView } from '../../api/generated/api.ts';
import { InSight } from '../../InSight.tsx';
import { dialog, removal as words, testLink, type Told } from '../../messages.ts';
import { useAsking } from '../../panel/useAsking.ts';
import { Say } from '../../phrase.tsx';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import styles from './EntryDialog.module.css';

/** What removing an account deletes and what it leaves, before it is done. */
export default function RemoveDialog({
  of,
  told,
  read,
  back,
  onClose,
  onGone,
  onRemoved,
}: {
  of: EntryView;
  told: Told;
  read: () => Promise<RegisterView | null>;
  /** Where the focus goes when it closes. */
  back: RefObject<HTMLElement>;
  onClose: () => void;
  /** Somebody else had removed it. */
  onGone: () => void;
  onRemoved: (register: RegisterView) => void;
}): ReactNode {
  const { asking, trouble, ask } = useAsking();
  // The answer tells whether it is removed.
  const leave = () => {
    if (asking === null) {
      onClose();
    }
  };
  const remove = async () => {
    if (of.revision === null) {
      onGone();
      return;
    }
    let first = false;
    const reply = await ask({ type: 'removeEntry', account: of.account.accountId, revision: of.revision }, (why) => {
      first = why.from === 'app' && why.error.code === 'conflict';
      return false;
    });
    if (reply !== null) {
      onRemoved(reply.register);
    } else if (first) {
      const register = await read();
      const there = register?.entries.find(({ account }) => account.accountId === of.account.accountId);
      if (register !== null && (there?.revision ?? null) === null) {
        onGone();
      }
    }
  };
  return (
    <Modal width="small" shouldReturnFocus={back} shouldCloseOnOverlayClick={false} onClose={leave}>
      <ModalHeader hasCloseButton closeButtonLabel={dialog.close}>
        <ModalTitle>
          <Say phrase={words.title(of.account)} />
        </ModalTitle>
      </ModalHeader>
      <ModalBody>
        <div className={styles.body}>
          <p>{words.what}</p>
          {of.held !== null && <p>{testLink.removal}</p>}
          {of.isMain && <p>{words.main}</p>}
          {trouble !== null && (
            <InSight takesFocus>
              <TroubleNotice trouble={trouble} told={told} />
            </InSight>
          )}
        </div>
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" isDisabled={asking !== null} onClick={onClose}>
          {words.cancel}
        </Button>
        <Button appearance="danger" isLoading={asking !== null} onClick={() => void remove()}>
          {words.button}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
