import Textfield from '@atlaskit/textfield/text-field';
import { useId, type ReactNode } from 'react';
import type { CloudId, Direction, End, Following, Site, Which } from '../../api/generated/api.ts';
import choiceStyles from '../../Choice.module.css';
import { direction, draftFault, following, integrationDialog as words, whichWord } from '../../messages.ts';
import { Labelled } from '../service-accounts/Labelled.tsx';
import { AssigneesField } from './AssigneesField.tsx';
import { CounterpartField } from './CounterpartField.tsx';
import { goesTo, type Draft, type DraftFault } from './draft.ts';
import styles from './Fields.module.css';
import { ProjectField } from './ProjectField.tsx';

const DIRECTIONS: readonly Direction[] = ['both', 'out', 'in'];
const FOLLOWING: ReadonlyArray<Following | 'stays'> = ['stays', 'byTable', 'byTableOrAccount'];
const ENDS: readonly End[] = ['there', 'here'];
const WHICH: ReadonlyArray<Which['type']> = ['all', 'publicOnly', 'word'];

/** What is settled about an integration, to be entered. */
export function Fields({
  draft,
  hereSite,
  sites,
  faults,
  onDraft,
}: {
  draft: Draft;
  /** This site. */
  hereSite: CloudId;
  /** The sites to choose from. */
  sites: readonly Site[];
  /** What was found at fault, and still is. */
  faults: readonly DraftFault[];
  onDraft: (more: Partial<Draft>) => void;
}): ReactNode {
  const id = useId();
  const wrong = (field: DraftFault['field']) => {
    const fault = faults.find((one) => one.field === field);
    return fault === undefined ? null : draftFault(fault);
  };
  return (
    <>
      <Labelled id={`${id}-name`} label={words.name} hint={words.nameHint} wrong={wrong('name')}>
        {(bound) => <Textfield {...bound} isInvalid={bound['aria-invalid']} autoComplete="off" value={draft.name} onChange={(event) => onDraft({ name: event.currentTarget.value })} />}
      </Labelled>
      <ProjectField label={words.here} site={null} project={draft.here} wrong={wrong('here')} onProject={(here) => onDraft({ here, counterparts: { ...draft.counterparts, here: null } })} />
      <Labelled id={`${id}-site`} label={words.site} hint={sites.length === 0 ? words.noSites : words.siteHint} wrong={wrong('site')}>
        {(bound) => (
          <select
            {...bound}
            className={styles.select}
            value={draft.site}
            onChange={({ currentTarget: { value } }) =>
              onDraft({ site: value, there: null, matching: { ...draft.matching, there: null }, counterparts: { ...draft.counterparts, there: null } })
            }
          >
            <option value="">{words.chooseSite}</option>
            {sites.map(({ cloudId, name }) => (
              <option key={cloudId} value={cloudId}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <ProjectField label={words.there} site={draft.site} project={draft.there} wrong={wrong('there')} onProject={(there) => onDraft({ there, counterparts: { ...draft.counterparts, there: null } })} />
      <Choice legend={words.direction} all={DIRECTIONS} chosen={draft.direction} label={direction} onChoose={(one) => onDraft({ direction: one })} />
      <Choice legend={words.which} all={WHICH} chosen={draft.which} label={whichWord} onChoose={(which) => onDraft({ which })} />
      {draft.which === 'word' && (
        <Labelled id={`${id}-word`} label={words.word} hint={words.wordHint} wrong={wrong('word')}>
          {(bound) => <Textfield {...bound} isInvalid={bound['aria-invalid']} autoComplete="off" value={draft.word} onChange={(event) => onDraft({ word: event.currentTarget.value })} />}
        </Labelled>
      )}
      {ENDS.map((end) => {
        const [project, site] = end === 'here' ? [draft.here, hereSite] : [draft.there, draft.site];
        return project !== null && site !== '' && goesTo(draft.direction, end) ? (
          <CounterpartField
            key={end}
            end={end}
            site={site}
            project={project.id}
            chosen={draft.counterparts[end]}
            onChoose={(type) => onDraft({ counterparts: { ...draft.counterparts, [end]: type } })}
          />
        ) : null;
      })}
      <Choice
        legend={words.following}
        hint={words.followingHint}
        all={FOLLOWING}
        chosen={draft.following}
        label={(one) => following(one === 'stays' ? null : one)}
        onChoose={(one) => onDraft({ following: one })}
      />
      <AssigneesField
        assignees={draft.assignees}
        matching={draft.matching}
        site={draft.site}
        wrong={wrong('assignees')}
        onDraft={onDraft}
      />
      <Labelled id={`${id}-restrictions`} label={words.restrictions} hint={words.restrictionsHint} wrong={wrong('restrictions')}>
        {(bound) => (
          <textarea
            {...bound}
            className={styles.lines}
            rows={3}
            spellCheck={false}
            value={draft.restrictions}
            onChange={(event) => onDraft({ restrictions: event.currentTarget.value })}
          />
        )}
      </Labelled>
      <div className={choiceStyles.option}>
        <input
          type="checkbox"
          id={`${id}-customers`}
          checked={draft.toCustomers}
          aria-describedby={`${id}-customers-hint`}
          onChange={(event) => onDraft({ toCustomers: event.currentTarget.checked })}
        />
        <div>
          <label htmlFor={`${id}-customers`}>{words.customers}</label>
          <p id={`${id}-customers-hint`} className={choiceStyles.explanation}>
            {words.customersHint}
          </p>
        </div>
      </div>
    </>
  );
}

function Choice<T extends string>({
  legend,
  hint,
  all,
  chosen,
  label,
  onChoose,
}: {
  legend: string;
  hint?: string;
  all: readonly T[];
  chosen: T;
  label: (one: T) => string;
  onChoose: (one: T) => void;
}): ReactNode {
  const id = useId();
  return (
    <fieldset className={choiceStyles.choice} aria-describedby={hint === undefined ? undefined : `${id}-hint`}>
      <legend className={choiceStyles.legend}>{legend}</legend>
      {hint !== undefined && (
        <p id={`${id}-hint`} className={choiceStyles.explanation}>
          {hint}
        </p>
      )}
      {all.map((one) => (
        <div key={one} className={choiceStyles.option}>
          <input type="radio" id={`${id}-${one}`} name={id} checked={one === chosen} onChange={() => onChoose(one)} />
          <label htmlFor={`${id}-${one}`}>{label(one)}</label>
        </div>
      ))}
    </fieldset>
  );
}
