/**
 * The Connections section.
 */
import type { Day, JobView, Order, SteeringOffer, Tally } from '../api/generated/api.ts';
import { roughly } from '../time.ts';
import { counted, number, when, type Told } from './words.ts';

export const connections = {
  heading: 'Connections',
  intro: 'People who connected their own Atlassian account, so that what they do through Integration+ carries their name.',
  loading: 'Loading the people.',
  slow: 'Still loading. Jira takes longer than usual.',
  stale: (age: string) => `What you see was read ${age}.`,
  emptyTitle: 'Nobody has connected their account yet',
  empty: 'People are listed here as soon as they connect their own account, on an issue or in their personal settings under Integration+. Nothing is needed from you.',
  summary: (working: number, total: number) => `${number(working)} of ${number(total)} connected and working`,
  overview: 'Overview',
  people: 'People',
};

export const wave = {
  heading: 'The last days',
  described: (tally: Tally, total: number) =>
    `Now: ${number(tally.fresh.working + tally.unverified)} of ${counted(total, 'person', 'people')} working, ${number(tally.fresh.toReauthorize)} to re-authorize.`,
  numbers: 'Show the numbers',
  table: 'People by day and state',
  day: 'Day',
  short: (days: readonly Day[]) => (days.length < 2 ? 'The chart grows by one column a day.' : ''),
};

export const filter = {
  label: 'Show',
  all: 'Everybody',
};

export const search = {
  label: 'Search by the beginning of a name',
  none: (query: string) => `Nobody is listed whose name begins with “${query}”. Try fewer letters.`,
  noneUnder: 'Nobody is listed here now. Choose another state above.',
};

export const people = {
  caption: 'People who connected their account.',
  person: 'Person',
  state: 'State',
  why: 'Why',
  since: 'Since',
  reminded: 'Last reminded',
  never: 'never',
  select: (name: string) => `Select ${name}`,
  selectAll: 'Select everybody on this page',
  sortedBy: (order: Order, descending: boolean): string => {
    switch (order) {
      case 'name':
        return descending ? 'Sorted by name, from Z to A.' : 'Sorted by name, from A to Z.';
      case 'since':
        return descending ? 'Sorted by time, latest first.' : 'Sorted by time, earliest first.';
    }
  },
};

/** How one gets from page to page of a list. */
export const pages = {
  previous: 'Previous',
  next: 'Next',
  page: (n: number) => `Page ${number(n)}`,
};

/** What came of reminding people. */
export interface ReminderSum {
  reached: number;
  tooSoon: number;
  nothingToDo: number;
  failed: number;
}

export const remind = {
  button: 'Remind',
  clear: 'Clear selection',
  selected: (n: number) => `${counted(n, 'person', 'people')} selected`,
  reminding: (done: number, of: number) => `Reminding: ${number(done)} of ${number(of)}.`,
  result: ({ reached, tooSoon, nothingToDo, failed }: ReminderSum): string => {
    const parts = [reached === 0 ? 'Nobody was reminded' : `${counted(reached, 'person was', 'people were')} reminded`];
    if (tooSoon > 0) {
      parts.push(`${number(tooSoon)} ${tooSoon === 1 ? 'was' : 'were'} reminded within the last hour`);
    }
    if (nothingToDo > 0) {
      parts.push(`${number(nothingToDo)} ${nothingToDo === 1 ? 'has' : 'have'} nothing to do`);
    }
    const rest = failed > 0 ? ` ${counted(failed, 'person', 'people')} could not be reached: try them again.` : '';
    return `${parts.join(', ')}.${rest}`;
  },
  how: 'They are asked once more when they open an issue, within the hour.',
};

export const job = {
  heading: 'Verification after the change',
  /** How far the job is, and how long it will take; told honestly, as an estimate. */
  progress: ({ state, tried, total, doneAbout, waitsUntil }: JobView, told: Told): string => {
    const far = `Verified ${number(Math.min(tried, total))} of ${number(total)}`;
    switch (state) {
      case 'running': {
        const left = doneAbout === null ? '' : ` · ${roughly(doneAbout - told.now)} at the pace that Jira allows`;
        return waitsUntil === null ? `${far}${left}` : `${far}${left} · Jira asked to wait until ${when(waitsUntil, told)}`;
      }
      case 'paused':
        return `${far} · paused. Connections that are not tried yet are used as they are.`;
      case 'cancelled':
        return `${far} · cancelled. The others are tried when their people next use them.`;
      case 'done':
        // Some get no answer however often they are asked, and are left as they are.
        return tried < total
          ? `${far}. The others gave no answer: they are tried when their people next use them.`
          : `Every connection is verified: ${number(tried)} tried.`;
    }
  },
  never: 'No verification has run since the last change.',
  bar: 'Verification',
};

export function steering(offer: SteeringOffer): string {
  switch (offer) {
    case 'pause':
      return 'Pause';
    case 'resume':
      return 'Resume';
    case 'cancel':
      return 'Cancel';
    case 'restart':
      return 'Restart';
  }
}

export const exporting = {
  button: 'Export CSV',
  title: 'Export CSV',
  /** `of` is absent where the number of rows is not known beforehand. */
  progress: (rows: number, of: number | null) =>
    of === null ? `${counted(rows, 'person', 'people')} read.` : `${number(rows)} of ${counted(of, 'person', 'people')} read.`,
  slow: 'Twenty people are read at a time. You can keep this open and work in another tab.',
  cancel: 'Cancel export',
  goOn: 'Go on',
  kept: 'What was read so far is kept.',
  done: (rows: number) => `${counted(rows, 'person is', 'people are')} in the file.`,
  copied: 'Copied. Paste it into a spreadsheet.',
  text: 'The list as comma-separated values',
  close: 'Close',
  /** The first line of the file. */
  columns: ['Account ID', 'Name', 'State', 'Why', 'Since', 'Last used', 'Last reminded'],
};
