import Button from '@atlaskit/button/default/button';
import Modal from '@atlaskit/modal-dialog/modal-dialog';
import ModalBody from '@atlaskit/modal-dialog/modal-body';
import ModalFooter from '@atlaskit/modal-dialog/modal-footer';
import ModalHeader from '@atlaskit/modal-dialog/modal-header';
import ModalTitle from '@atlaskit/modal-dialog/modal-title';
import { useEffect, useId, useState, type ReactNode } from 'react';
import { copyText } from '../../change/copyText.ts';
import { dialog, exporting as words, type Told } from '../../messages.ts';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import { BYTE_ORDER_MARK } from './csv.ts';
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
          {exporting.phase === 'done' && <File csv={exporting.csv} rows={exporting.rows} told={told} />}
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

/**
 * The file, to be saved with a click: Forge's frame may start a download only right after one, and reading the pages
 * took longer than that.
 */
function File({ csv, rows, told }: { csv: string; rows: number; told: Told }): ReactNode {
  const id = useId();
  const [address, setAddress] = useState<string>();
  const [copied, setCopied] = useState<boolean | null>(null);
  useEffect(() => {
    const url = URL.createObjectURL(new Blob([BYTE_ORDER_MARK, csv], { type: 'text/csv;charset=utf-8' }));
    setAddress(url);
    return () => URL.revokeObjectURL(url);
  }, [csv]);
  return (
    <>
      <p role="status">{words.done(rows)}</p>
      <div className={styles.controls}>
        <a className={styles.download} href={address} download={`integration-plus-connections-${day(told)}.csv`}>
          {words.download}
        </a>
        <Button onClick={() => void copyText(csv).then(setCopied)}>{words.copy}</Button>
      </div>
      <p role="status" id={id} className={styles.copied}>
        {copied === null ? '' : copied ? words.copied : words.notCopied}
      </p>
      {copied === false && (
        <textarea
          className={styles.text}
          readOnly
          rows={6}
          value={csv}
          aria-label={words.text}
          aria-describedby={id}
          onFocus={(event) => event.currentTarget.select()}
        />
      )}
    </>
  );
}

/** The day in the name of the file: `2026-08-24`. */
function day({ now }: Told): string {
  return new Date(now).toISOString().slice(0, 10);
}
