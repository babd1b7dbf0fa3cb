import Button from '@atlaskit/button/default/button';
import Modal from '@atlaskit/modal-dialog/modal-dialog';
import ModalBody from '@atlaskit/modal-dialog/modal-body';
import ModalFooter from '@atlaskit/modal-dialog/modal-footer';
import ModalHeader from '@atlaskit/modal-dialog/modal-header';
import ModalTitle from '@atlaskit/modal-dialog/modal-title';
import { useId, useRef, useState, type ReactNode, type RefObject } from 'react';
import { Announcement } from '../../Announcement.tsx';
import type { EntryView, Field, RegisterView } from '../../api/generated/api.ts';
import { AccountPicker } from '../../change/AccountPicker.tsx';
import { InSight } from '../../InSight.tsx';
import { choose, dialog, entry as words, fieldName, type Told } from '../../messages.ts';
import { Notice } from '../../Notice.tsx';
import { Say } from '../../phrase.tsx';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import { useSlow } from '../../useSlow.ts';
import styles from './EntryDialog.module.css';
import { fieldId, Fields } from './Fields.tsx';
import { OvertakenNotice } from './Overtaken.tsx';
import { useEntry } from './useEntry.ts';

/** The days: a browser tells of half a day only that it cannot read it. */
const DAYS: readonly Field[] = ['reviewOn', 'rotatedOn'];

/** Writes down what is known of an account. */
export default function EntryDialog({
  of,
  entries,
  told,
  read,
  back,
  onEdit,
  onClose,
  onSaved,
}: {
  /** The entry that is edited; none where one is added. */
  of: EntryView | null;
  entries: readonly EntryView[];
  told: Told;
  read: () => Promise<RegisterView | null>;
  /** Where the focus goes when it closes. */
  back: RefObject<HTMLElement>;
  /** Edits another entry instead. */
  onEdit: (entry: EntryView) => void;
  onClose: () => void;
  onSaved: (register: RegisterView, account: EntryView['account']) => void;
}): ReactNode {
  const id = useId();
  const first = useRef<HTMLElement>(null);
  const [missing, setMissing] = useState(false);
  /** How often what was typed gave way to what is there. */
  const [taken, setTaken] = useState(0);
  const { draft, edit, chosen, choose: setChosen, isKept, drop, wrong, overtaken, takeTheirs, saving, trouble, save } = useEntry(of, read);
  const slow = useSlow(saving);
  const account = of?.account ?? chosen?.account ?? null;
  const there = chosen === null ? undefined : entries.find((entry) => entry.account.accountId === chosen.account.accountId && entry.revision !== null);

  // Whoever has asked for something waits for its answer: it tells whether what was typed is saved.
  const leave = () => {
    if (!saving) {
      onClose();
    }
  };
  const focus = (field: Field) => document.getElementById(fieldId(id, field))?.focus();
  const unread = () => DAYS.filter((field) => (document.getElementById(fieldId(id, field)) as HTMLInputElement | null)?.validity.badInput === true);
  const startOver = () => {
    drop();
    setMissing(false);
    setTaken(taken + 1);
  };

  const take = () => {
    takeTheirs();
    setTaken(taken + 1);
    focus('purpose');
  };

  const onSave = async () => {
    const inTheWay = there !== undefined && overtaken === null;
    const saved = await save(inTheWay ? null : account, told.now, unread());
    if (account === null || inTheWay) {
      setMissing(account === null);
      first.current?.focus();
      return;
    }
    if (saved === null) {
      return;
    }
    if ('wrong' in saved) {
      const [field] = saved.wrong;
      if (field !== undefined) {
        focus(field);
      }
    } else {
      onSaved(saved.register, account);
    }
  };

  return (
    <Modal width="medium" {...(of === null ? { autoFocus: first } : {})} shouldReturnFocus={back} shouldCloseOnOverlayClick={false} onClose={leave}>
      <ModalHeader hasCloseButton closeButtonLabel={dialog.close}>
        <ModalTitle>{of === null ? words.addTitle : <Say phrase={words.editTitle(of.account)} />}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <div className={styles.body}>
          {isKept && (
            <Notice appearance="information">
              <p>{words.kept}</p>
              <Button isDisabled={saving} onClick={startOver}>
                {words.startOver}
              </Button>
            </Notice>
          )}
          {of === null && (
            <>
              <AccountPicker
                key={`account ${taken}`}
                chosen={chosen}
                first={first}
                label={words.account}
                problem={missing && chosen === null ? words.missing : null}
                onChoose={(candidate) => {
                  setChosen(candidate);
                  setMissing(false);
                }}
              />
              <div role="status" className={styles.notes}>
                {there !== undefined && overtaken === null && (
                  <Notice appearance="information">
                    <p>{words.already}</p>
                    <Button onClick={() => onEdit(there)}>{words.editInstead}</Button>
                  </Notice>
                )}
                {chosen?.looksPersonal === true && (
                  <Notice appearance="warning" title={choose.personalTitle}>
                    <p>{choose.personalEntry}</p>
                  </Notice>
                )}
              </div>
            </>
          )}
          <Fields key={taken} id={id} draft={draft} wrong={wrong} onDraft={edit} />
          {overtaken !== null && <OvertakenNotice overtaken={overtaken} draft={draft} told={told} onTake={take} />}
          {trouble !== null && (
            <InSight>
              <TroubleNotice trouble={trouble} told={told} />
            </InSight>
          )}
          <p role="alert" className={styles.wrong}>
            {missing || wrong.length > 0 ? words.mistakes([...(missing ? [words.accountName] : []), ...wrong.map(fieldName)]) : ''}
          </p>
          <Announcement>{slow ? words.saving : ''}</Announcement>
          {slow && <p aria-hidden="true">{words.saving}</p>}
        </div>
      </ModalBody>
      <ModalFooter>
        <Button
          appearance="subtle"
          isDisabled={saving}
          onClick={() => {
            // Whoever cancels wants none of it; what is closed by a slip is found again.
            drop();
            onClose();
          }}
        >
          {words.cancel}
        </Button>
        <Button appearance="primary" isLoading={saving} onClick={() => void onSave()}>
          {overtaken?.how === 'changed' ? words.saveMine : words.save}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
