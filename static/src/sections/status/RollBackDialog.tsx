import Modal from '@atlaskit/modal-dialog/modal-dialog';
import ModalHeader from '@atlaskit/modal-dialog/modal-header';
import ModalTitle from '@atlaskit/modal-dialog/modal-title';
import { useState, type ReactNode } from 'react';
import type { FormerView, Person } from '../../api/generated/api.ts';
import { dialog, rollBack as words, type Told } from '../../messages.ts';
import { useAsking } from '../../panel/useAsking.ts';
import { outdated } from '../../rehearsal/outdated.ts';
import { GoBack } from './GoBack.tsx';
import { GoBackWithLoss } from './GoBackWithLoss.tsx';

/** What going back does, before it is done; and what it loses, where it loses anything. */
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
  const asking = useAsking();
  const [loses, setLoses] = useState(false);
  const goBack = async (acknowledged: string | null, onOutdated?: () => void) => {
    const reply = await asking.ask({ type: 'rollBack', acknowledged }, (refusal) => {
      if (refusal.from === 'app' && outdated(refusal.error)) {
        setLoses(true);
        onOutdated?.();
      }
      return false;
    });
    if (reply !== null) {
      onClose();
    }
  };
  const going = { former, main, told, asking, goBack, onClose };
  return (
    <Modal width="medium" shouldCloseOnOverlayClick={false} onClose={onClose}>
      <ModalHeader hasCloseButton closeButtonLabel={dialog.close}>
        <ModalTitle>{words.title(former.person)}</ModalTitle>
      </ModalHeader>
      {loses ? <GoBackWithLoss {...going} /> : <GoBack {...going} />}
    </Modal>
  );
}
