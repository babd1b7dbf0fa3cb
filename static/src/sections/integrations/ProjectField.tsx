import Button from '@atlaskit/button/default/button';
import Textfield from '@atlaskit/textfield/text-field';
import { useCallback, useId, useRef, useState, type ReactNode } from 'react';
import { Announcement } from '../../Announcement.tsx';
import type { CloudId, NamedProject } from '../../api/generated/api.ts';
import { integrationDialog as words, projectsLimit } from '../../messages.ts';
import { usePanel } from '../../panel/PanelContext.tsx';
import { useSearch } from '../../panel/useSearch.ts';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import accessStyles from '../access/Access.module.css';
import { Labelled } from '../service-accounts/Labelled.tsx';

/** The longest text that is searched for, in characters. */
const LONGEST_QUERY = 100;

/** A project: the one that is chosen, or a search for one, on this site or on the other. */
export function ProjectField({
  label,
  site,
  project,
  wrong,
  onProject,
}: {
  label: string;
  /** The other site; absent for this one. */
  site: CloudId | null;
  project: NamedProject | null;
  wrong: string | null;
  onProject: (project: NamedProject | null) => void;
}): ReactNode {
  const id = useId();
  const { ask } = usePanel();
  const [text, setText] = useState('');
  const place = useRef<HTMLDivElement>(null);
  const query = project === null && site !== '' ? text.trim() : '';
  const find = useCallback(
    async (typed: string) => {
      const answer = await (site === null ? ask({ type: 'findProjects', query: typed }) : ask({ type: 'findProjectsThere', site, query: typed }));
      return 'reply' in answer ? answer.reply.projects : answer;
    },
    [ask, site],
  );
  const search = useSearch(query, find);
  /** What stands in the place of what was selected takes the focus. */
  const focusNext = () => setTimeout(() => place.current?.querySelector<HTMLElement>('input, button')?.focus());
  return (
    <div ref={place}>
      <Labelled id={id} label={label} wrong={wrong} {...(site === '' ? { hint: words.chooseSiteFirst } : {})}>
        {(bound) =>
          project === null ? (
            <>
              <Textfield
                {...bound}
                type="search"
                autoComplete="off"
                spellCheck={false}
                isDisabled={site === ''}
                isInvalid={wrong !== null}
                maxLength={LONGEST_QUERY}
                value={text}
                onChange={(event) => setText(event.currentTarget.value)}
                onKeyDown={(event) => {
                  // Enter searches; it does not save.
                  if (event.key === 'Enter') {
                    event.preventDefault();
                  }
                }}
              />
              <Announcement>{search.phase === 'found' ? projectsLimit.found(search.found.length) : ''}</Announcement>
              {search.phase === 'searching' && <p>{words.searching}</p>}
              {search.phase === 'failed' && <TroubleNotice trouble={search.trouble} headingLevel="h3" />}
              {search.phase === 'found' && search.found.length === 0 && <p>{words.noneFound(query)}</p>}
              {search.phase === 'found' && search.found.length > 0 && (
                <ul className={accessStyles.hits}>
                  {search.found.map((one) => (
                    <li key={one.id}>
                      <button
                        type="button"
                        className={accessStyles.hit}
                        onClick={() => {
                          onProject(one);
                          focusNext();
                        }}
                      >
                        {words.chosen(one.name, one.key)}
                      </button>
                    </li>
                  ))}
                </ul>
              )}
            </>
          ) : (
            <div>
              <output {...bound}>
                <bdi>{words.chosen(project.name, project.key)}</bdi>
              </output>{' '}
              <Button
                spacing="compact"
                aria-describedby={id}
                onClick={() => {
                  onProject(null);
                  focusNext();
                }}
              >
                {words.otherProject}
              </Button>
            </div>
          )
        }
      </Labelled>
    </div>
  );
}
