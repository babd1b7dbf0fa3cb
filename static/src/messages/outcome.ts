/**
 * How a change ended.
 */
import type { Deviation, Outcome, Person, Purpose } from '../api/generated/api.ts';
import { say, type Phrase } from '../phrase.tsx';
import { stopped } from './changeDialog.ts';
import { checkFailure, checkName, failedChecks, grantDead } from './checks.ts';
import { denial } from './denial.ts';
import { deviation, type About } from './schedule.ts';
import { counted, list, NOTHING_CHANGED } from './words.ts';

/** What is said of a change apart from its outcome: `to` is the account that was meant, `from` the one before. */
export interface Attempt {
  readonly purpose: Purpose;
  readonly from: Person | null;
  readonly to: Person;
  readonly by: Person;
}

function attempted(purpose: Purpose): string {
  switch (purpose) {
    case 'firstConnect':
      return 'connection as';
    case 'changeMainUser':
      return 'change to';
    case 'reauthorize':
      return 'authorization of';
    case 'rollBack':
      return 'return to';
    case 'test':
      return 'test of';
  }
}

/** How a change ended. */
export function outcomeSentence(outcome: Outcome, { purpose, from, to, by }: Attempt): Phrase {
  const attempt = attempted(purpose);
  switch (outcome.type) {
    case 'completed':
      return from === null
        ? say`Connected as ${to}.`
        : [
            ...(purpose === 'rollBack' ? say`Rolled back from ${from} to ${to}.` : say`Main authorized user changed from ${from} to ${to}.`),
            ...webhooksLeft(outcome.webhooksLeft, from),
          ];
    case 'refreshed':
      return say`${to} allowed Integration+ again. The connection is fresh; nothing else changed.`;
    case 'cancelled':
      return say`${outcome.by} cancelled the ${attempt} ${to}. ${NOTHING_CHANGED}`;
    case 'expired':
      return say`Nobody allowed Integration+ as ${to} in time. ${NOTHING_CHANGED}`;
    case 'superseded':
      return say`The ${attempt} ${to} gave way to one that ${outcome.by} began. ${NOTHING_CHANGED}`;
    case 'wrongAccount':
      return say`${outcome.allowed} allowed, ${to} was meant. ${NOTHING_CHANGED}`;
    case 'denied':
      return [...say`Integration+ was not allowed to act as ${to}. `, ...denial(outcome.denial, to), ` ${NOTHING_CHANGED}`];
    case 'checksFailed':
      return say`${to} did not pass: ${list(failedChecks(outcome.checks).map(({ name }) => checkName(name)))}. ${NOTHING_CHANGED}`;
    case 'webhooksFailed':
      return [...say`No webhooks could be registered for ${to}. `, ...checkFailure(outcome.failure, to, stopped.again).why, ` ${NOTHING_CHANGED}`];
    case 'interrupted':
      return say`The ${attempt} ${to} was interrupted and undone. ${NOTHING_CHANGED}`;
    case 'stopped':
      return [...say`The ${attempt} ${to} was stopped. `, ...unforeseen(outcome.because, { to, by }), ` ${NOTHING_CHANGED}`];
  }
}

/** Why a scheduled change does not switch. */
export function unforeseen(because: Deviation, about: About): Phrase {
  const failed = because.type === 'checksFailed' ? list(failedChecks(because.checks).map(({ name }) => checkName(name))) : '';
  const dead = because.type === 'grantDead' && about.to !== null ? grantDead(because.reason, about.to).why : say`Atlassian no longer accepts what the new account allowed.`;
  return deviation(because, about, failed, dead);
}

function webhooksLeft(n: number, of: Person): Phrase {
  return n === 0 ? [] : say` ${counted(n, 'webhook')} of ${of} could not be removed: they expire by themselves, and what they deliver is dropped.`;
}
