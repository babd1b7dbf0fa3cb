import Button from '@atlaskit/button/default/button';
import Modal from '@atlaskit/modal-dialog/modal-dialog';
import ModalHeader from '@atlaskit/modal-dialog/modal-header';
import ModalTitle from '@atlaskit/modal-dialog/modal-title';
import { useRef, useState, type ReactNode } from 'react';
import type { Candidate, Person, ReauthorizationPolicy } from '../api/generated/api.ts';
import { PickAccount } from '../change/PickAccount.tsx';
import { StepView } from '../change/StepView.tsx';
import { dialog, rehearsing as words } from '../messages.ts';
import { RehearsalView } from './RehearsalView.tsx';
import { useRehearser } from './useRehearser.ts';

/** Rehearses a change to any account, without beginning one. */
export default function RehearseDialog({ policy, onClose }: { policy: ReauthorizationPolicy; onClose: () => void }): ReactNode {
  const first = useRef<HTMLElement>(null);
  const [chosen, setChosen] = useState<Candidate | null>(null);
  const [account, setAccount] = useState<Person | null>(null);
  const choose = (candidate: Candidate) => {
    setChosen(candidate);
    setAccount(candidate.account);
  };
  return (
    <Modal width="medium" autoFocus={first} shouldCloseOnOverlayClick={false} onClose={onClose}>
      <ModalHeader hasCloseButton closeButtonLabel={dialog.close}>
        <ModalTitle>{words.title}</ModalTitle>
      </ModalHeader>
      {account === null ? (
        <PickAccount title={words.choose} next={words.start} before={<p>{words.about}</p>} begin={chosen} first={first} onCancel={onClose} onChosen={choose} />
      ) : (
        <Rehearsed account={account} policy={policy} onBack={() => setAccount(null)} onClose={onClose} />
      )}
    </Modal>
  );
}

function Rehearsed({
  account,
  policy,
  onBack,
  onClose,
}: {
  account: Person;
  policy: ReauthorizationPolicy;
  onBack: () => void;
  onClose: () => void;
}): ReactNode {
  const { rehearser, known } = useRehearser(account.accountId);
  return (
    <StepView
      title={words.would(account)}
      controls={
        <>
          <Button appearance="subtle" onClick={onBack}>
            {dialog.back}
          </Button>
          <Button appearance="primary" onClick={onClose}>
            {words.close}
          </Button>
        </>
      }
    >
      <RehearsalView rehearser={rehearser} known={known} policy={policy} />
    </StepView>
  );
}
