import Button from '@atlaskit/button/default/button';
import ModalBody from '@atlaskit/modal-dialog/modal-body';
import ModalFooter from '@atlaskit/modal-dialog/modal-footer';
import type { ReactNode } from 'react';
import { FailedChecks } from '../../change/FailedChecks.tsx';
import { rollBack as words } from '../../messages.ts';
import { Acknowledgement } from '../../rehearsal/Acknowledgement.tsx';
import { RehearsalView } from '../../rehearsal/RehearsalView.tsx';
import { useAcknowledged } from '../../rehearsal/useAcknowledged.ts';
import { useRehearser } from '../../rehearsal/useRehearser.ts';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import type { Going } from './GoBack.tsx';
import styles from './RollBackDialog.module.css';

/** What going back loses: it is read and acknowledged first. */
export function GoBackWithLoss({ former, told, asking: { asking, trouble }, goBack, onClose }: Going): ReactNode {
  const { rehearser, known } = useRehearser(former.person.accountId);
  const acknowledged = useAcknowledged(known);
  const going = asking !== null;
  const confirm = () => {
    const demanded = acknowledged.demand();
    if (demanded !== null) {
      void goBack(demanded.acknowledged, rehearser.look);
    }
  };
  return (
    <>
      <ModalBody>
        <div className={styles.body}>
          {trouble !== null && <TroubleNotice trouble={trouble} told={told} headingLevel="h3" />}
          {trouble?.from === 'app' && trouble.error.code === 'formerFailsChecks' && (
            <FailedChecks checks={trouble.error.checks} of={former.person} recheck={words.button} />
          )}
          {/* Going back asks nobody anew. */}
          <RehearsalView rehearser={rehearser} known={known} policy="verifyFirst" />
          <Acknowledgement acknowledged={acknowledged} />
        </div>
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" isDisabled={going} onClick={onClose}>
          {words.cancel}
        </Button>
        <Button appearance="primary" isLoading={going} isDisabled={acknowledged.rehearsal === null} onClick={confirm}>
          {words.button}
        </Button>
      </ModalFooter>
    </>
  );
}
