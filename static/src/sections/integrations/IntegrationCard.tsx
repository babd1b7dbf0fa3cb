import Button from '@atlaskit/button/default/button';
import Lozenge from '@atlaskit/lozenge/lozenge';
import { useId, type ReactNode } from 'react';
import type { IntegrationView } from '../../api/generated/api.ts';
import { changedLast, direction, following, integrations as words, integrationState, listeningSentence, newIssues, whichOf, type Standstill, type Told } from '../../messages.ts';
import { number } from '../../messages/words.ts';
import { Say } from '../../phrase.tsx';
import styles from '../account-access/AccountAccess.module.css';
import { Facts } from '../account-access/Facts.tsx';

/** One integration: how it stands, and what may be done with it. */
export function IntegrationCard({
  row,
  standstill,
  areNamed,
  told,
  onStatus,
  onOpen,
}: {
  row: IntegrationView;
  /** Why nothing is carried, although it may be enabled. */
  standstill: Standstill | null;
  /** Whether the names of what is on the sites could be asked for. */
  areNamed: boolean;
  told: Told;
  /** Opens the section in which that is mended. */
  onStatus: () => void;
  onOpen: (dialog: 'edit' | 'pairs' | 'switch' | 'remove') => void;
}): ReactNode {
  const id = useId();
  const { terms, enabledSince } = row;
  const stands = enabledSince !== null && standstill !== null;
  const nameless = areNamed ? words.goneProject : words.unknownProject;
  const project = (of: IntegrationView['here'], projectId: string) => (of === null ? nameless(projectId) : `${of.name} (${of.key})`);
  const site = row.site?.name ?? (areNamed ? words.goneSite(terms.there.cloudId) : words.unknownSite);
  return (
    <article className={styles.card} aria-labelledby={id}>
      <div className={styles.top}>
        <h3 id={id} className={styles.name}>
          <bdi>{terms.name}</bdi>
        </h3>
        <Lozenge appearance={enabledSince === null || stands ? 'neutral' : 'success'}>{enabledSince === null ? words.disabled : words.enabled}</Lozenge>
      </div>
      <p>{integrationState(row, standstill, told)}</p>
      {stands && (
        <div>
          <Button spacing="compact" aria-describedby={id} onClick={onStatus}>
            {words.openStatus}
          </Button>
        </div>
      )}
      <Facts
        of={[
          [words.here, <bdi key="here">{project(row.here, terms.here.project)}</bdi>],
          [words.there, <bdi key="there">{`${project(row.there, terms.there.project)}, ${site}`}</bdi>],
          [words.direction, direction(terms.direction)],
          [words.which, whichOf(terms)],
          [words.following, following(terms.following)],
          [words.newIssues, newIssues(terms.counterparts)],
          [words.pairCount, number(row.pairs)],
          [words.waiting, number(row.waiting)],
          [words.parked, row.parked === null ? words.notCounted : number(row.parked)],
          [words.listening, listeningSentence(row, standstill, told)],
          [words.changed, <Say key="changed" phrase={changedLast(row, told)} />],
        ]}
      />
      <div className={styles.controls}>
        <Button aria-describedby={id} onClick={() => onOpen('switch')}>
          {enabledSince === null ? words.enable : words.disable}
        </Button>
        <Button aria-describedby={id} onClick={() => onOpen('pairs')}>
          {words.pairs}
        </Button>
        <Button aria-describedby={id} onClick={() => onOpen('edit')}>
          {words.edit}
        </Button>
        <Button appearance="subtle" aria-describedby={id} onClick={() => onOpen('remove')}>
          {words.remove}
        </Button>
      </div>
    </article>
  );
}
