/**
 * The Service accounts section, and the exported reports of the register and of receipts.
 */
import type { EntryView, Field, Foreseen, Person, Receipt, Reported, Timestamp } from '../api/generated/api.ts';
import { say } from '../phrase.tsx';
import { day, moment } from '../time.ts';
import { counted, list, number, when, type Told } from './words.ts';

/** The command that checks a report, in the folder of the app's source. */
export const VERIFY = 'cargo xtask verify-report FILE';

export const register = {
  heading: 'Service accounts',
  intro: 'What each account is for, who answers for it, and when it is to be looked at again. The main authorized user is always listed.',
  loading: 'Loading the register.',
  slow: 'Still loading. Forge’s storage takes longer than usual.',
  stale: (age: string) => `What you see was read ${age}.`,
  accounts: 'Register',
  emptyTitle: 'No account is in the register yet',
  empty: 'Write down each account that programs use in Jira, so that whoever comes after you knows what it is for. Select Add account.',
  add: 'Add account',
  exportCsv: 'Export CSV',
  exportReport: 'Export report',
  filter: 'Show',
  all: 'All',
  due: 'Due',
  search: 'Search the register',
  none: (query: string) => `Nothing in the register contains “${query}”. Try fewer letters.`,
  noneDue: 'Nothing is due now.',
  caption: (shown: number, of: number) => (shown === of ? `${counted(of, 'account')} in the register.` : `${number(shown)} of ${counted(of, 'account')} in the register.`),
  columns: { account: 'Account', purpose: 'Purpose and systems', owner: 'Owner', review: 'Review', rotation: 'Rotation', changed: 'Last change', test: 'Test', actions: 'Actions' },
  main: 'Main authorized user',
  inactive: 'Deactivated in Jira',
  personal: 'Looks like a person’s own account. People leave, and their access leaves with them: a dedicated service account stays.',
  nothingWritten: 'Nothing is written down yet.',
  noPurpose: 'No purpose is written down.',
  documentation: 'Documentation',
  documentationOf: (name: string) => `Documentation of ${name}, opens another page`,
  notes: 'Notes',
  nobody: 'Nobody',
  never: '–',
  noDate: 'No date',
  noRotation: 'No interval',
  every: (days: number) => `every ${counted(days, 'day')}`,
  dueSince: (on: string) => `Due since ${on}`,
  edit: 'Edit',
  editOf: (name: string) => `Edit ${name}`,
  remove: 'Remove',
  removeOf: (name: string) => `Remove ${name}`,
  saved: (of: Person) => say`${of} is saved in the register.`,
  removed: (of: Person) => say`${of} is removed from the register.`,
};

/** One entry in a dialog. */
export const entry = {
  addTitle: 'Add account',
  editTitle: (of: Person) => say`Edit ${of}`,
  account: 'Account: search by name or email address',
  missing: 'Choose an account from the list first.',
  already: 'This account is in the register already.',
  editInstead: 'Edit its entry instead',
  purpose: 'Purpose',
  purposeHint: 'What it is for, in at most 200 characters.',
  systems: 'Systems',
  systemsHint: 'What uses it, one on each line: at most 20.',
  owner: 'Owner',
  ownerSearch: 'Owner: search by name or email address',
  ownerHint: 'Who answers for it.',
  otherOwner: 'Choose another owner',
  documentation: 'Documentation',
  documentationHint: 'An address that begins with https://.',
  reviewOn: 'Review on',
  reviewHint: 'From this day on, a review is due.',
  rotateEveryDays: 'Rotate credentials every … days',
  rotateHint: 'From 1 to 3,650. Leave it empty where nothing is to be rotated.',
  rotatedOn: 'Credentials rotated last on',
  notes: 'Notes',
  notesHint: 'At most 2,000 characters. Never write a password or a token here.',
  kept: 'What you typed here before is not saved yet.',
  startOver: 'Undo changes',
  accountName: 'Account',
  mistakes: (fields: readonly string[]) => `Nothing was saved. Look at ${list(fields)} again.`,
  save: 'Save',
  saveMine: 'Save mine instead',
  saving: 'Saving. Jira is asked for the account.',
  cancel: 'Cancel',
};

/** What somebody else did to an entry while it was being edited. */
export const conflict = {
  title: 'Somebody else was first',
  changed: (by: Person, at: Timestamp, told: Told) => say`${by} changed this entry at ${when(at, told)}. Nothing was overwritten, and what you typed is still here.`,
  removed: say`Somebody removed this account from the register. What you typed is still here; saving it adds the account again.`,
  elsewhere: say`Another entry was changed at the same moment. Nothing was saved, and what you typed is still here. Save it again.`,
  unread: say`Nothing was saved, and what you typed is still here. What is there now could not be read: save again to see it.`,
  caption: 'What differs',
  field: 'Field',
  there: 'There now',
  typed: 'You typed',
  nothing: 'nothing',
  same: 'It says the same as what you typed.',
  take: 'Take what is there now',
};

export const removal = {
  title: (of: Person) => say`Remove ${of} from the register`,
  what: 'What is written down of it is deleted, and its reviews and rotations are no longer due. The account itself, its access and reports that were exported stay as they are.',
  main: 'It stays listed as the main authorized user.',
  cancel: 'Cancel',
  button: 'Remove',
  gone: (of: Person) => say`${of} had been removed already.`,
};

/** What a field is called. */
export function fieldName(is: Field): string {
  return entry[is];
}

/** What a field must be like, said where it is not. */
export function fieldRefused(is: Field): string {
  switch (is) {
    case 'purpose':
      return 'The purpose has more than 200 characters. Shorten it.';
    case 'systems':
      return 'There are more than 20 systems, or one has more than 200 characters. Shorten the list.';
    case 'documentation':
      return 'Enter an address that begins with https://, has no spaces and no sign-in, and at most 500 characters.';
    case 'reviewOn':
      return 'Enter a whole day that is less than 100 years away.';
    case 'rotateEveryDays':
      return 'Enter a whole number from 1 to 3,650, or nothing.';
    case 'rotatedOn':
      return 'Enter a day that is not in the future and less than 100 years ago.';
    case 'notes':
      return 'The notes have more than 2,000 characters. Shorten them.';
  }
}

/** The file of the register as comma-separated values. */
export const registerCsv = {
  title: 'Export CSV',
  says: (n: number) => `${counted(n, 'account is', 'accounts are')} in the file.`,
  yes: 'yes',
  no: 'no',
  someNotRun: (failed: number) => `${failed}, not every check was run`,
  columns: [
    'Account ID',
    'Account',
    'Main authorized user',
    'Purpose',
    'Systems',
    'Owner',
    'Owner account ID',
    'Documentation',
    'Review on',
    'Review due',
    'Rotate every days',
    'Rotated on',
    'Rotate on',
    'Rotation due',
    'Notes',
    'Last changed',
    'Changed by',
    'Last test',
    'Test result',
    'Checks failed',
  ],
};

/** A sealed file. */
export const report = {
  title: 'Export report',
  making: 'The report is being made.',
  done: (n: number) => `${counted(n, 'account is', 'accounts are')} in the report.`,
  seal: 'Seal',
  noSeal: 'none, for there is nothing to seal',
  sealWhy: 'Compare it with the seal that the check prints.',
  copied: 'Copied. Paste it into a file.',
  text: 'The report as JSON',
  how: 'Whether the file is whole and unaltered is checked by whoever has the source of Integration+: who deployed it for this site, or its support. Hand them the file. In the folder of the source, they run:',
  close: 'Close',
  tryAgain: 'Try again',
};

export const reports = {
  heading: 'Reports',
  explanation: 'A report is a sealed JSON file of the whole register. Each names the seal of the one before. Whether a file is whole and unaltered is checked by whoever has the source of Integration+: who deployed it for this site, or its support. Hand them the file, and compare the seal that they find with the one here. In the folder of the source, they run:',
  none: 'No report has been exported yet.',
  caption: 'Exported reports, latest first.',
  at: 'When',
  by: 'By',
  accounts: 'Accounts',
  seal: 'Seal',
  when: ({ at }: Reported, told: Told) => moment(at, told.calendar),
};

/** Receipts, in the history and as a file. */
export const receipts = {
  button: 'Export receipts',
  title: 'Export receipts',
  progress: (n: number) => `${counted(n, 'receipt')} read.`,
  slow: 'Twenty receipts are read at a time.',
  stop: 'Stop',
  goOn: 'Go on',
  stoppedByYou: 'You stopped.',
  kept: 'What was read so far is kept.',
  done: (n: number) => `${counted(n, 'receipt is', 'receipts are')} in the file.`,
  close: 'Close',
  reading: 'Reading the receipt.',
  missing: 'This receipt is not there any more.',
};

/** What a receipt tells of what was known before. */
export function receiptTells({ foreseen, checks, beganAt, scheduledFor, at, by }: Receipt, told: Told): string[] {
  const passed = `${counted(checks.length, 'check')} passed before the switch.`;
  const switched = (due: Timestamp) => (at < due ? `switched early on ${moment(at, told.calendar)} by ${by.displayName}` : `switched on ${moment(at, told.calendar)}`);
  const planned = scheduledFor == null ? [] : [`Scheduled on ${moment(beganAt, told.calendar)} for ${moment(scheduledFor, told.calendar)}; ${switched(scheduledFor)}.`];
  return foreseen === null
    ? [...planned, passed, 'No rehearsal belongs to it: nothing could be lost, or it went back to the account before.']
    : [...planned, passed, foreseenSentence(foreseen), rehearsedSentence(foreseen, told)];
}

function foreseenSentence({ kept, lost, gained, failing, losses, acknowledged }: Foreseen): string {
  const suffix = acknowledged ? ', acknowledged' : '';
  if (lost === 0 && failing === 0) {
    return `No project lost${suffix}; ${number(kept)} kept, ${number(gained)} gained.`;
  }
  const which = losses.length === 0 ? '' : ` (${list(lost > losses.length ? [...losses, `${number(lost - losses.length)} more`] : losses)})`;
  const without = failing > 0 ? `; something required missing in ${number(failing)}` : '';
  return `${counted(lost, 'project')} lost${suffix}${which}${without}; ${number(kept)} kept, ${number(gained)} gained.`;
}

function rehearsedSentence({ at, people, toReauthorize }: Foreseen, told: Told): string {
  return `Rehearsed on ${moment(at, told.calendar)}: ${counted(people, 'person', 'people')} had connected their accounts, ${number(toReauthorize)} of them had to re-authorize already.`;
}

/** A day that was written down as such: it is the same day for every reader. */
export function wholeDay(on: Timestamp, told: Told): string {
  return day(on, told.now, { ...told.calendar, timeZone: 'UTC' });
}

/** Everything of an entry that a search looks through. */
export function searchable({ account, details }: EntryView): string {
  const { purpose = '', systems = [], owner = null, documentation = '', notes = '' } = details ?? {};
  return [account.displayName, purpose, ...systems, owner?.displayName ?? '', documentation ?? '', notes].join('\n');
}
