import Button from '@atlaskit/button/default/button';
import Modal from '@atlaskit/modal-dialog/modal-dialog';
import ModalBody from '@atlaskit/modal-dialog/modal-body';
import ModalFooter from '@atlaskit/modal-dialog/modal-footer';
import ModalHeader from '@atlaskit/modal-dialog/modal-header';
import ModalTitle from '@atlaskit/modal-dialog/modal-title';
import type { ReactNode } from 'react';
import type { Needed } from '../api/generated/api.ts';
import type { Mine, MyRequest } from '../me/Mine.ts';
import { dialog, disconnecting as words, forTheSite, personal, tokensStay, type Told } from '../messages.ts';
import { TroubleNotice } from '../TroubleNotice.tsx';
import { useAskingBy } from '../useAskingBy.ts';
import { AtlassianLink } from './AtlassianLink.tsx';
import styles from './DisconnectDialog.module.css';

/** What disconnecting deletes and what it leaves, before it is done. */
export default function DisconnectDialog({
  mine,
  needed,
  told,
  onClose,
  onDone,
}: {
  mine: Mine;
  needed: Needed | null;
  told: Told;
  onClose: () => void;
  onDone: () => void;
}): ReactNode {
  const { ask, asking, trouble } = useAskingBy<MyRequest>(mine.ask);
  const disconnect = async () => {
    if ((await ask({ type: 'disconnect' })) !== null) {
      onDone();
    }
  };
  const site = forTheSite(needed);
  return (
    <Modal width="small" onClose={onClose}>
      <ModalHeader hasCloseButton closeButtonLabel={dialog.close}>
        <ModalTitle>{words.title}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <div className={styles.body}>
          <p>{tokensStay(needed) ? words.deletesOwn : words.deletes}</p>
          {site !== null && <p>{site}</p>}
          <p>{words.stays}</p>
          <p>
            {words.atlassian} <AtlassianLink />.
          </p>
          {trouble !== null && <TroubleNotice trouble={trouble} told={told} />}
        </div>
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" onClick={onClose}>
          {words.cancel}
        </Button>
        <Button appearance="danger" isLoading={asking !== null} onClick={() => void disconnect()}>
          {personal.disconnect}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
