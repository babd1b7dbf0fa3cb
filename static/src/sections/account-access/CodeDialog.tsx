import Button from '@atlaskit/button/default/button';
import Modal from '@atlaskit/modal-dialog/modal-dialog';
import ModalBody from '@atlaskit/modal-dialog/modal-body';
import ModalFooter from '@atlaskit/modal-dialog/modal-footer';
import ModalHeader from '@atlaskit/modal-dialog/modal-header';
import ModalTitle from '@atlaskit/modal-dialog/modal-title';
import { useState, type ReactNode } from 'react';
import type { Timestamp } from '../../api/generated/api.ts';
import { copyText } from '../../change/copyText.ts';
import { CopyField } from '../../CopyField.tsx';
import { codeDialog as words, copying, about } from '../../messages.ts';
import styles from './AccountAccess.module.css';

/** What support comes in by. */
export interface Granted {
  readonly code: string;
  /** The address, when Forge told it. */
  readonly door: string | null;
  /** When the access ends. */
  readonly until: Timestamp;
}

/**
 * Shows the code once. Nothing but its own control closes it: what is in it cannot be had again. Whoever shows it sees to the
 * focus afterwards, for what it was opened by is gone.
 */
export function CodeDialog({ granted: { code, door }, onClose }: { granted: Granted; onClose: () => void }): ReactNode {
  const [copied, setCopied] = useState<boolean | null>(null);
  const both = [`${words.code}: ${code}`, ...(door === null ? [] : [`${words.door}: ${door}`])].join('\n');
  return (
    <Modal width="medium" shouldCloseOnOverlayClick={false} shouldCloseOnEscapePress={false} shouldReturnFocus={false} onClose={onClose}>
      <ModalHeader>
        <ModalTitle>{words.title}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <div className={styles.parts}>
          <p>{words.once}</p>
          <CopyField label={words.code} value={code} />
          {door === null ? <p>{about.noDoor}</p> : <CopyField label={words.door} value={door} />}
          <p>{words.give}</p>
          <p role="status">{copied === null ? '' : copied ? copying.all : copying.notAll}</p>
        </div>
      </ModalBody>
      <ModalFooter>
        <Button onClick={() => void copyText(both).then(setCopied)}>{words.both}</Button>
        <Button appearance="primary" onClick={onClose}>
          {words.done}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
