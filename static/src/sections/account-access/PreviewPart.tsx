import type { ReactNode } from 'react';
import type { Preview } from '../../api/generated/api.ts';
import { about, badge, checkName, direction, following, foundWord, policy, preview as words, projectsLimit, sharedRuns, whichWord, type Told } from '../../messages.ts';
import { at } from '../../messages/ends.ts';
import { list } from '../../messages/words.ts';
import { moment } from '../../time.ts';
import { Part } from '../Part.tsx';
import styles from './AccountAccess.module.css';
import { Facts } from './Facts.tsx';

/** Exactly what support sees, in words, and as support gets it. */
export function PreviewPart({ preview, told }: { preview: Preview; told: Told }): ReactNode {
  return (
    <Part title={words.heading}>
      <div className={styles.card}>
        <p className={styles.hint}>{words.exactly}</p>
        <Facts
          of={[
            [words.version, preview.version],
            [about.instanceId, preview.instanceId],
            [words.environment, preview.environment],
            [words.installed, moment(preview.installedAt, told.calendar)],
            [words.badge, badge(preview.badge)],
            [words.connected, preview.connected ? words.isConnected : words.isNotConnected],
            [words.changes, String(preview.generation)],
            [words.changing, yesNo(preview.changing)],
            [words.checks(preview.checkedAt, told), <Checks key="checks" checks={preview.checks} />],
            [words.webhooks, preview.webhooks === null ? words.notKnown : String(preview.webhooks)],
            [words.policy, policy.name(preview.settings.policy)],
            [words.grace, String(preview.settings.graceDays)],
            [words.fallback, yesNo(preview.settings.fallback)],
            [words.kept, String(preview.settings.runsDays)],
            [words.projects, projects(preview.projects)],
            [words.administrators, preview.administrators === null ? words.everyAdministrator : words.listedAdministrators(preview.administrators)],
            [words.integrations, preview.integrations.length === 0 ? words.none : <Integrations key="integrations" all={preview.integrations} />],
            [words.runs, sharedRuns(preview.runs)],
          ]}
        />
        <details>
          <summary className={styles.summary}>{words.json}</summary>
          {/* On a small screen it scrolls, and holds no control of its own: the keyboard must get into it. */}
          <pre className={styles.json} role="region" aria-label={words.jsonLabel} tabIndex={0}>
            {JSON.stringify(preview, null, 2)}
          </pre>
        </details>
      </div>
    </Part>
  );
}

function yesNo(is: boolean): string {
  return is ? words.yes : words.no;
}

function Checks({ checks }: { checks: Preview['checks'] }): ReactNode {
  if (checks.length === 0) {
    return words.noChecks;
  }
  return (
    <ul>
      {checks.map(({ name, found }) => (
        <li key={name}>
          {checkName(name)}: {foundWord(found)}
        </li>
      ))}
    </ul>
  );
}

function projects({ kind, projects: numbers, categories }: Preview['projects']): string {
  return [`${projectsLimit.kind(kind)}.`, words.numbers(words.listedProjects, numbers), words.numbers(words.listedCategories, categories)]
    .filter((part) => part !== '')
    .join(' ');
}

function Integrations({ all }: { all: Preview['integrations'] }): ReactNode {
  return (
    <ul>
      {all.map((one) => (
        <li key={one.id}>
          <Facts
            of={[
              [words.integration, one.id],
              [words.enabled, yesNo(one.enabled)],
              [words.here, one.here],
              [words.there, one.there],
              [words.direction, direction(one.direction)],
              [words.which, whichWord(one.which)],
              [words.customers, yesNo(one.toCustomers)],
              [words.creates, one.creates.length === 0 ? words.no : list(one.creates.map(at))],
              [words.following, following(one.following)],
              [words.people, String(one.assignees)],
              [words.restrictions, String(one.restrictions)],
              [words.pairs, String(one.pairs)],
            ]}
          />
        </li>
      ))}
    </ul>
  );
}
