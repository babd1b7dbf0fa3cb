import { router } from '@forge/bridge';
import type { ReactNode } from 'react';
import type { Answer, Explanation, Limit } from '../api/generated/api.ts';
import { explainOne as words, explanation } from '../messages.ts';
import { Say } from '../phrase.tsx';
import { Sign, type SignOf } from '../Sign.tsx';
import styles from './Explain.module.css';

const LIMITS: readonly Limit[] = ['person', 'settings', 'main'];

const SIGN: Record<Answer, SignOf> = { yes: 'passed', no: 'failed', unknown: 'unknown' };

/** Which limit blocks, in words, what each of the three says, and the ways to change it. */
export function ExplanationView({
  of,
  onProjects,
  onStatus,
}: {
  of: Explanation;
  /** Goes to where the projects limit is changed, for whoever may. */
  onProjects?: (() => void) | undefined;
  /** Goes to where the main authorized user is changed, for whoever may. */
  onStatus?: (() => void) | undefined;
}): ReactNode {
  const stops = of.verdict.type === 'blocked' ? of.verdict.by : of.verdict.type === 'open' ? of.verdict.unknown : null;
  const path = `/plugins/servlet/project-config/${encodeURIComponent(of.project.key)}/permissions`;
  return (
    <div className={styles.result}>
      <p>
        <Say phrase={explanation(of)} />
      </p>
      <ul className={styles.answers} aria-label={words.answers}>
        {LIMITS.map((limit) => (
          <li key={limit} className={styles.answer}>
            <Sign is={SIGN[of.answers[limit]]} label={words.answer[of.answers[limit]]} />
            <span>{words.limit[limit === 'person' && of.mine ? 'mine' : limit]}</span>
          </li>
        ))}
      </ul>
      {stops !== null && (
        <p className={styles.ways}>
          {stops !== 'settings' && of.connected && (
            <a
              className={styles.way}
              href={path}
              target="_blank"
              rel="noopener noreferrer"
              onClick={(event) => {
                event.preventDefault();
                // The frame opens no tab by itself, so Jira is asked to; whoever declines to leave stays here.
                router.open(path).catch(() => undefined);
              }}
            >
              {words.toJira(of.project.name)}
            </a>
          )}
          {stops === 'settings' && onProjects && (
            <button type="button" className={styles.way} onClick={onProjects}>
              {words.toProjects}
            </button>
          )}
          {stops === 'main' && onStatus && (
            <button type="button" className={styles.way} onClick={onStatus}>
              {words.toStatus}
            </button>
          )}
        </p>
      )}
    </div>
  );
}
