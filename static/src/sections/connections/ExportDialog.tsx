import Button from '@atlaskit/button/default/button';
import Modal from '@atlaskit/modal-dialog/modal-dialog';
import ModalBody from '@atlaskit/modal-dialog/modal-body';
import ModalFooter from '@atlaskit/modal-dialog/modal-footer';
import ModalHeader from '@atlaskit/modal-dialog/modal-header';
import ModalTitle from '@atlaskit/modal-dialog/modal-title';
import type { ReactNode } from 'react';
import { CsvFile } from '../../CsvFile.tsx';
import { dialog, exporting as words, type Told } from '../../messages.ts';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import styles from './ExportDialog.module.css';
import type { Choice } from './PeopleList.ts';
import { useExport } from './useExport.ts';

/** Reads every page of the list, then offers the file. */
export default function ExportDialog({
  choice,
  total,
  told,
  onClose,
}: {
  choice: Choice;
  /** How many rows there will be, if that is known. */
  total: number | null;
  told: Told;
  onClose: () => void;
}): ReactNode {
  const { exporting, goOn } = useExport(choice);
  const done = exporting.phase === 'done';
  return (
    <Modal width="medium" shouldCloseOnOverlayClick={false} onClose={onClose}>
      <ModalHeader hasCloseButton closeButtonLabel={dialog.close}>
        <ModalTitle>{words.title}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <div className={styles.body}>
          {exporting.phase !== 'done' && (
            <>
              <p role="status">{words.progress(exporting.rows, total)}</p>
              <progress
                className={styles.bar}
                aria-label={words.title}
                {...(total === null ? {} : { max: Math.max(1, total), value: Math.min(exporting.rows, total) })}
              />
              <p className={styles.hint}>{words.slow}</p>
            </>
          )}
          {exporting.phase === 'stopped' && (
            <>
              <TroubleNotice trouble={exporting.trouble} told={told} />
              <p>{words.kept}</p>
            </>
          )}
          {exporting.phase === 'done' && (
            <CsvFile csv={exporting.csv} of="connections" says={words.done(exporting.rows)} told={told} />
          )}
        </div>
      </ModalBody>
      <ModalFooter>
        {exporting.phase === 'stopped' && (
          <Button appearance="primary" onClick={goOn}>
            {words.goOn}
          </Button>
        )}
        <Button appearance="subtle" onClick={onClose}>
          {done ? words.close : words.cancel}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
