import Textfield from '@atlaskit/textfield/text-field';
import type { ReactNode } from 'react';
import type { Field } from '../../api/generated/api.ts';
import { entry as words, fieldRefused } from '../../messages.ts';
import type { Draft } from './draft.ts';
import styles from './Fields.module.css';
import { Labelled, type Bound } from './Labelled.tsx';
import { OwnerField } from './OwnerField.tsx';

/** The id of a field's control. */
export function fieldId(id: string, field: Field): string {
  return `${id}-${field}`;
}

/** What is written down of an account, to be typed. Nothing that is typed or pasted is cut off: the app says what is too long. */
export function Fields({
  id,
  draft,
  wrong,
  onDraft,
}: {
  id: string;
  draft: Draft;
  /** The fields that were not taken. */
  wrong: readonly Field[];
  onDraft: (more: Partial<Draft>) => void;
}): ReactNode {
  const about = (field: Field) => ({ id: fieldId(id, field), wrong: wrong.includes(field) ? fieldRefused(field) : null });
  const lines = (field: 'systems' | 'notes', bound: Bound) => (
    <textarea {...bound} className={styles.lines} rows={3} value={draft[field]} onChange={(event) => onDraft({ [field]: event.currentTarget.value })} />
  );
  const oneLine = (field: 'purpose' | 'documentation' | 'rotateEveryDays' | 'reviewOn' | 'rotatedOn', bound: Bound, type: 'text' | 'date' = 'text') => (
    <Textfield
      {...bound}
      type={type}
      isInvalid={wrong.includes(field)}
      autoComplete="off"
      value={draft[field]}
      onChange={(event) => onDraft({ [field]: event.currentTarget.value })}
    />
  );
  return (
    <>
      <Labelled {...about('purpose')} label={words.purpose} hint={words.purposeHint}>
        {(bound) => oneLine('purpose', bound)}
      </Labelled>
      <Labelled {...about('systems')} label={words.systems} hint={words.systemsHint}>
        {(bound) => lines('systems', bound)}
      </Labelled>
      <OwnerField owner={draft.owner} onOwner={(owner) => onDraft({ owner })} />
      <Labelled {...about('documentation')} label={words.documentation} hint={words.documentationHint}>
        {(bound) => oneLine('documentation', bound)}
      </Labelled>
      <div className={styles.pair}>
        <Labelled {...about('reviewOn')} label={words.reviewOn} hint={words.reviewHint}>
          {(bound) => oneLine('reviewOn', bound, 'date')}
        </Labelled>
        <Labelled {...about('rotateEveryDays')} label={words.rotateEveryDays} hint={words.rotateHint}>
          {(bound) => oneLine('rotateEveryDays', bound)}
        </Labelled>
        <Labelled {...about('rotatedOn')} label={words.rotatedOn}>
          {(bound) => oneLine('rotatedOn', bound, 'date')}
        </Labelled>
      </div>
      <Labelled {...about('notes')} label={words.notes} hint={words.notesHint}>
        {(bound) => lines('notes', bound)}
      </Labelled>
    </>
  );
}
