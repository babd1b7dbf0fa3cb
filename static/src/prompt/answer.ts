/**
 * The app's dated answer, kept in the browser: opening an issue is what people do most, and must not cost an invocation
 * each time.
 */
import type { AccountId, Prompt, Risk, Timestamp } from '../api/generated/api.ts';
import { settledAt } from '../settled.ts';

/** What is kept of the last time that the app was asked. Milliseconds since 1970-01-01T00:00:00Z. */
export interface Answer {
  /** When it was asked, by the browser's clock. */
  readonly askedAt: number;
  /** Before when nothing will be due, by the app's clock. */
  readonly askAgainAt: Timestamp;
  /** When the app last said that the person is no administrator, by the browser's clock. */
  readonly noAdministratorAt: number | null;
  /** The risk that was shown last, and when by the browser's clock. */
  readonly risk: { readonly type: Risk['type']; readonly shownAt: number } | null;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Whether the app is to be asked now. The browser's clock may be wrong: one that is ahead finds every answer stale, one
 * that is behind none. By its own reckoning it asks at most once an hour, and at least once a day.
 */
export function due(answer: Answer | null, now: number): boolean {
  if (answer === null || now < answer.askedAt) {
    return true;
  }
  const holds = Math.min(Math.max(answer.askAgainAt - answer.askedAt, HOUR_MS), DAY_MS);
  return now >= answer.askedAt + holds;
}

/** Whether to ask for risks: whoever is no administrator is told of none, and finding that out costs a question to Jira. */
export function risksWanted(answer: Answer | null, now: number): boolean {
  const at = answer?.noAdministratorAt ?? null;
  return at === null || now < at || now >= at + DAY_MS;
}

/** Whether a risk is to be shown now: each kind once a day. */
export function risky(answer: Answer | null, risk: Risk, now: number): boolean {
  const shown = answer?.risk;
  return shown?.type !== risk.type || now < shown.shownAt || now >= shown.shownAt + DAY_MS;
}

function key(account: AccountId): string {
  return `integration-plus.prompt.${account}`;
}

/** A prompt that the app counts as shown. */
interface Undelivered {
  /** When it was given out, by the browser's clock, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number;
  readonly prompt: Prompt;
}

function undeliveredKey(account: AccountId): string {
  return `integration-plus.undelivered.${account}`;
}

/** Keeps a prompt until it has stood on a page: the app gives it out once a day, and pages are left quickly. */
export function keepUndelivered(account: AccountId, prompt: Prompt, now: number): void {
  try {
    localStorage.setItem(undeliveredKey(account), JSON.stringify({ at: now, prompt } satisfies Undelivered));
  } catch {
    // A browser that is full: the prompt is shown on this page or not at all.
  }
}

/**
 * The prompt that has not stood on a page, unless it is older than a day or the person has dealt with it on another page
 * since. Throws when the browser keeps nothing.
 */
export function undelivered(account: AccountId, now: number): Prompt | null {
  const text = localStorage.getItem(undeliveredKey(account));
  const is = text === null ? null : readUndelivered(text);
  if (is === null || now < is.at || now >= is.at + DAY_MS || settledAt(account) > is.at) {
    localStorage.removeItem(undeliveredKey(account));
    return null;
  }
  return is.prompt;
}

/** Nothing is left to show: the prompt stood on a page, or it is settled. */
export function forgetUndelivered(account: AccountId): void {
  try {
    localStorage.removeItem(undeliveredKey(account));
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

function readUndelivered(text: string): Undelivered | null {
  try {
    const value = JSON.parse(text) as Partial<Undelivered> | null;
    return typeof value?.at === 'number' && typeof value.prompt?.reason === 'string' ? { at: value.at, prompt: value.prompt } : null;
  } catch {
    return null;
  }
}

/** What is kept for this person. Throws when the browser keeps nothing for frames. */
export function kept(account: AccountId): Answer | null {
  const text = localStorage.getItem(key(account));
  return text === null ? null : read(text);
}

/** Keeps an answer for this person. Throws when the browser keeps nothing for frames. */
export function keep(account: AccountId, answer: Answer): void {
  localStorage.setItem(key(account), JSON.stringify(answer));
}

/** An answer as it was kept; nothing where it is none, or one of another version. */
function read(text: string): Answer | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) {
      return null;
    }
    const { askedAt, askAgainAt, noAdministratorAt, risk } = value as Partial<Answer>;
    return typeof askedAt === 'number' && typeof askAgainAt === 'number'
      ? { askedAt, askAgainAt, noAdministratorAt: noAdministratorAt ?? null, risk: risk ?? null }
      : null;
  } catch {
    return null;
  }
}
