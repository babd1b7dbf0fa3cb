import { Fragment, useId, type ReactNode } from 'react';
import type { TrialView } from '../../../api/generated/api.ts';
import { fix, permissionName, testLink, trial as words, trialLeft, trialMade, trialResult, type Told } from '../../../messages.ts';
import { Notice } from '../../../Notice.tsx';
import { passing } from '../../../panel/next.ts';
import { Say } from '../../../phrase.tsx';
import { useReader } from '../../../reader.tsx';
import { JiraLink, PermissionsLink } from '../../../rehearsal/JiraLink.tsx';
import { issuePage } from '../../../rehearsal/jiraPages.ts';
import { ProjectList } from '../../../rehearsal/ProjectList.tsx';
import { isRequired } from '../../../rehearsal/required.ts';
import { list } from '../../../messages/words.ts';
import { TroubleNotice } from '../../../TroubleNotice.tsx';
import { useNow } from '../../../useNow.ts';
import { ResultsChart } from './ResultsChart.tsx';
import { Settle } from './Settle.tsx';
import { SomebodyElse } from './SomebodyElse.tsx';
import styles from './Test.module.css';
import { TestChecks } from './TestChecks.tsx';
import type { KnownTrial, Trials } from './useTrial.ts';

/** How often ages are reckoned anew, in milliseconds. */
const AGES_MS = 5000;

/** The latest result or the test under way, what is to be mended, and what was found before. */
export function Tested({ trials, known }: { trials: Trials; known: Extract<KnownTrial, { phase: 'ready' }> }): ReactNode {
  const { trial, clock, asked, stale } = known;
  const { calendar } = useReader();
  const told: Told = { now: useNow(clock, AGES_MS), calendar };
  const [latest] = trial.results;
  const busy = trial.run !== null || asked !== null;
  const isUnsettled = trial.project === null && trial.run === null;
  const settle = (
    <Section key="settle" title={words.projectHeading}>
      <Settle trial={trial} told={told} busy={busy} onSettle={trials.settle} />
    </Section>
  );
  const result = (
    <Fragment key="result">
      {trial.run !== null && (
        <Section title={words.running}>
          <p className={styles.words}>{words.progress(trial.run)}</p>
          <progress className={styles.bar} aria-label={words.bar} max={9} value={trial.run.checks.length} />
          {trial.run.waitsUntil !== null && trial.run.waitsUntil > told.now && <p>{words.waits(trial.run.waitsUntil, told)}</p>}
          <p className={styles.hint}>{words.closable}</p>
          <TestChecks checks={trial.run.checks} next={trial.run.next} account={trial.account} />
        </Section>
      )}
      {trial.run === null && latest !== undefined && (
        <Section title={words.latest}>
          <p>
            <Say phrase={trialMade(latest, told)} /> {trialResult(latest)}
          </p>
          <TestChecks checks={latest.checks} next={null} account={trial.account} />
          {trial.lacking.length > 0 && <Lacking trial={trial} />}
        </Section>
      )}
      {trial.run === null && latest === undefined && <p>{words.never}</p>}
      <WhatWillHappen trial={trial} />
      {(trial.handsOff || trial.held !== null) && (
        <Section title={testLink.heading}>
          <SomebodyElse trials={trials} known={known} told={told} busy={busy} />
        </Section>
      )}
    </Fragment>
  );
  return (
    <>
      {stale !== null && (
        <div>
          <TroubleNotice trouble={stale} told={told} onRetry={trials.retry} />
          {passing(stale) && <p>{words.stale}</p>}
        </div>
      )}
      {trial.left.length > 0 && <Left trial={trial} told={told} />}
      {/* Without a project little can be tested: that it is to be chosen stands first. */}
      {isUnsettled ? [settle, result] : [result, settle]}
      <Section title={words.chartHeading}>{trial.results.length === 0 ? <p className={styles.hint}>{words.chartEmpty}</p> : <ResultsChart trial={trial} told={told} />}</Section>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }): ReactNode {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id} className={styles.heading}>
        {title}
      </h2>
      {children}
    </section>
  );
}

/** Said before the test, because it writes in Jira. */
function WhatWillHappen({ trial: { account, project, grant, creates, deletes } }: { trial: TrialView }): ReactNode {
  return (
    <Section title={words.what}>
      <p>{words.looks}</p>
      <p>{project === null ? words.writesNothing : <Say phrase={words.writes(account, project)} />}</p>
      {!grant && (
        <Notice appearance="warning" title={words.noGrantTitle} headingLevel="h3">
          <p>
            <Say phrase={words.noGrant(account)} />
          </p>
        </Notice>
      )}
      {project !== null && (deletes === false || creates === false) && (
        <Notice appearance="warning" title={deletes === false ? words.noDeleteTitle : words.noCreateTitle} headingLevel="h3">
          {creates === false && (
            <p>
              <Say phrase={words.noCreate(account, project)} />
            </p>
          )}
          {deletes === false && (
            <p>
              <Say phrase={words.noDelete(account, project)} />
            </p>
          )}
          <PermissionsLink project={project} />
        </Notice>
      )}
    </Section>
  );
}

function Lacking({ trial: { lacking, results, account } }: { trial: TrialView }): ReactNode {
  const check = results[0]?.checks.find(({ item }) => item === 'permissions');
  const failing = check?.finding.type === 'failed' && check.finding.failure.type === 'permissionsMissing' ? check.finding.failure.failing : lacking.length;
  return (
    <ProjectList
      heading={words.lacking}
      rows={lacking.map((project) => {
        const required = project.lacking.filter(isRequired);
        return {
          project,
          detail: (
            <>
              <p>{list(required.map(permissionName))}</p>
              <p className={styles.hint}>
                <Say phrase={fix(required, account)} />
              </p>
              <PermissionsLink project={project} />
            </>
          ),
        };
      })}
      rest={failing > lacking.length ? words.lackingMore(failing - lacking.length) : null}
    />
  );
}

function Left({ trial: { left }, told }: { trial: TrialView; told: Told }): ReactNode {
  return (
    <Notice appearance="warning" title={words.leftTitle}>
      <ul className={styles.left}>
        {left.map((one) => {
          const address = one.issueKey === null ? null : issuePage(one.issueKey);
          return (
            <li key={`${one.at} ${one.issueKey ?? ''}`}>
              <p>
                <Say phrase={trialLeft(one, told)} />
              </p>
              {address !== null && <JiraLink address={address} label={words.showIssue(one.issueKey ?? '')} />}
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}
