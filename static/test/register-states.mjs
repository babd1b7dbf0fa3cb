// @ts-check
/**
 * Every state of the register of service accounts and of receipts: how one comes there, and what a person finds.
 * @import { Page } from 'playwright-core'
 * @import { State } from './states.mjs'
 */
import { goTo } from './people-states.mjs';
import { press } from './states.mjs';

/** @param {Page} page */
export const toRegister = (page) => goTo(page, 'Service accounts');

/** @param {Page} page @param {string} name */
export async function edit(page, name = 'Maria Keller') {
  await toRegister(page);
  await press(page, `Edit ${name}`);
}

/** @param {Page} page @param {string} purpose */
export async function save(page, purpose = 'Typed by me') {
  await edit(page);
  await page.getByRole('textbox', { name: 'Purpose' }).fill(purpose);
  await press(page, 'Save');
}

/** @param {Page} page @param {string} name */
export async function pick(page, name, field = 'Account: search by name or email address') {
  await page.getByRole('combobox', { name: field }).fill('jira');
  await page.getByRole('option', { name }).click();
}

/** @param {string} scene @param {RegExp} words @returns {State} */
const refusedField = (scene, words) => ({
  name: `a field that is not taken: ${scene}`,
  scene,
  reach: async (page) => {
    await save(page);
    await page.getByText(words).waitFor();
  },
  words: [words],
  roles: [['button', 'Save']],
});

/** @type {State[]} */
export const REGISTER_STATES = [
  {
    name: 'the register: what each account is for, who answers for it, what is due, advice',
    scene: 'register',
    reach: toRegister,
    roles: [
      ['heading', 'Service accounts'],
      ['button', 'Add account'],
      ['button', 'Export CSV'],
      ['button', 'Export report'],
      ['button', 'All 3'],
      ['button', 'Due 1'],
      ['searchbox', 'Search the register'],
      ['table', '3 accounts in the register.'],
      ['rowheader', /^Jira service account\s*Main authorized user/],
      ['rowheader', /^Maria Keller\s*Looks like a person’s own account\. People leave/],
      ['link', 'Documentation of Maria Keller, opens another page'],
      ['button', 'Remove Maria Keller'],
      ['table', 'Exported reports, latest first.'],
    ],
    words: ['Nothing is written down yet.', 'Deploys every night', 'Release dashboard', 'Due since 24 Aug', 'Due since 14 Aug', 'every 90 days', /checked by whoever has the source of Integration\+: who deployed it for this site, or its support\. Hand them the file/, 'cargo xtask verify-report FILE', /^(cd){32}$/],
    absent: [['button', 'Remove Jira service account']],
  },
  { name: 'loading', scene: 'registerLoading', reach: async (page) => {
      await toRegister(page);
      await page.getByText(/^Still loading\. Forge’s storage/).last().waitFor();
    }, absent: [['button', 'Add account']] },
  { name: 'a register that could not be read', scene: 'registerFails', reach: toRegister, roles: [['heading', 'Stored data could not be read'], ['button', 'Try again']] },
  { name: 'an empty register', scene: 'registerEmpty', reach: toRegister, roles: [['heading', 'No account is in the register yet'], ['button', 'Add account']], words: ['No report has been exported yet.'] },
  { name: 'odd names and long texts', scene: 'registerOdd', reach: toRegister, words: ['Deactivated in Jira', '=HYPERLINK("http://example.com","x")', 'System 20'] },
  {
    name: 'only what is due',
    scene: 'register',
    reach: async (page) => {
      await toRegister(page);
      await press(page, 'Due 1');
    },
    roles: [['table', '1 of 3 accounts in the register.'], ['rowheader', /^Maria Keller/]],
    absent: [['button', 'Edit Jira service account']],
  },
  {
    name: 'a search that finds nothing',
    scene: 'register',
    reach: async (page) => {
      await toRegister(page);
      await page.getByRole('searchbox').fill('zzz');
    },
    words: ['Nothing in the register contains “zzz”. Try fewer letters.'],
    absent: [['button', 'Edit Jira service account']],
  },
  {
    name: 'adding an account that looks like a person’s',
    scene: 'register',
    reach: async (page) => {
      await toRegister(page);
      await press(page, 'Add account');
      await pick(page, 'Maria Keller');
    },
    roles: [
      ['dialog', 'Add account'],
      ['heading', 'This looks like a person’s own account'],
      ['combobox', 'Owner: search by name or email address'],
      ['textbox', 'Review on'],
      ['button', 'Edit its entry instead'],
    ],
    words: ['This account is in the register already.', /You can add this one all the same/],
  },
  {
    name: 'adding without an account',
    scene: 'register',
    reach: async (page) => {
      await toRegister(page);
      await press(page, 'Add account');
      await press(page, 'Save');
    },
    words: ['Choose an account from the list first.'],
  },
  {
    name: 'editing',
    scene: 'register',
    reach: edit,
    roles: [['dialog', 'Edit Maria Keller'], ['textbox', 'Purpose'], ['textbox', 'Notes'], ['button', 'Choose another owner'], ['button', 'Save']],
    words: ['Tom Okafor'],
  },
  refusedField('registerPurpose', /more than 200 characters\. Shorten it/),
  refusedField('registerSystems', /more than 20 systems/),
  refusedField('registerDocumentation', /begins with https:\/\/, has no spaces/),
  refusedField('registerReviewOn', /less than 100 years away/),
  refusedField('registerRotateEveryDays', /whole number from 1 to 3,650, or nothing/),
  refusedField('registerRotatedOn', /not in the future/),
  refusedField('registerNotes', /more than 2,000 characters\. Shorten/),
  { name: 'a full register', scene: 'registerFull', reach: (page) => save(page), roles: [['heading', 'The entry was not saved']], words: [/holds 100 accounts.*Nothing was saved; what you typed is still here/] },
  { name: 'an account that Jira does not show', scene: 'registerGone', reach: (page) => save(page), words: [/Jira knows no such account/] },
  {
    name: 'somebody else was first: theirs beside mine',
    scene: 'registerOvertaken',
    reach: async (page) => {
      await save(page);
      await page.getByRole('heading', { name: 'Somebody else was first' }).waitFor();
    },
    roles: [['table', 'What differs'], ['rowheader', 'Purpose'], ['cell', 'Deploys every hour'], ['cell', 'Typed by me'], ['button', 'Save mine instead'], ['button', 'Take what is there now']],
    words: [/^Tom Okafor changed this entry at 14:04\. Nothing was overwritten/],
    absent: [['rowheader', 'Notes']],
  },
  { name: 'somebody else removed it', scene: 'registerRemoved', reach: (page) => save(page), words: [/saving it adds the account again/] },
  { name: 'another entry was changed at the same moment', scene: 'registerElsewhere', reach: (page) => save(page), words: [/^Another entry was changed at the same moment/] },
  { name: 'somebody was first, and theirs cannot be read', scene: 'registerUnread', reach: (page) => save(page), words: [/could not be read: save again to see it/] },
  {
    name: 'removing',
    scene: 'register',
    reach: async (page) => {
      await toRegister(page);
      await press(page, 'Remove Maria Keller');
    },
    roles: [['dialog', 'Remove Maria Keller from the register'], ['button', 'Cancel']],
    words: [/The account itself, its access and reports that were exported stay/],
  },
  {
    name: 'a removal that fails',
    scene: 'removalFails',
    reach: async (page) => {
      await toRegister(page);
      await press(page, 'Remove Maria Keller');
      await press(page, 'Remove');
    },
    roles: [['heading', 'Stored data could not be read']],
  },
  {
    name: 'a report',
    scene: 'register',
    reach: async (page) => {
      await toRegister(page);
      await press(page, 'Export report');
      await page.getByText('3 accounts are in the report.').waitFor();
    },
    roles: [['link', 'Download the file'], ['button', 'Copy instead']],
    words: [/^Seal: [0-9a-f]{64}\./, /checked by whoever has the source of Integration\+: who deployed it/, 'cargo xtask verify-report FILE'],
  },
  {
    name: 'a report that could not be made',
    scene: 'reportFails',
    reach: async (page) => {
      await toRegister(page);
      await press(page, 'Export report');
    },
    roles: [['heading', 'Jira did not answer'], ['button', 'Try again']],
  },
  { name: 'the status tells what is due', scene: 'registerDue', roles: [['button', 'Open Service accounts']], words: ['3 reviews or rotations of service accounts are due.'] },
  { name: 'one thing is due', scene: 'registerDueOne', words: ['1 review or rotation of service accounts is due.'] },
  { name: 'nothing is due', scene: 'connected', roles: [['button', 'Export receipts']], absent: [['button', 'Open Service accounts']] },
  {
    name: 'what a receipt tells',
    scene: 'receipts',
    reach: async (page) => {
      await press(page, 'receipt 2');
      await page.getByText(/2 projects lost, acknowledged/).waitFor();
    },
    words: [/^2 projects lost, acknowledged \(BIL and LEG\); something required missing in 3; 12 kept, 1 gained\.$/, /^2 checks passed before the switch/, /60 people had connected their accounts, 9 of them/],
  },
  { name: 'a receipt without a rehearsal', scene: 'receipts', reach: (page) => press(page, 'receipt 1'), words: [/^No rehearsal belongs to it/] },
  { name: 'a receipt that is not there', scene: 'receiptsGone', reach: (page) => press(page, 'receipt 1'), words: ['This receipt is not there any more.'] },
  { name: 'a receipt that could not be read', scene: 'receiptsFail', reach: (page) => press(page, 'receipt 1'), roles: [['button', 'Try again']] },
  {
    name: 'receipts as a file',
    scene: 'receipts',
    reach: async (page) => {
      await press(page, 'Export receipts');
      await page.getByText('45 receipts are in the file.').waitFor();
    },
    roles: [['link', 'Download the file']],
    words: [/^Seal: [0-9a-f]{64}\./],
  },
  {
    name: 'an export of receipts that stopped',
    scene: 'receiptsStop',
    reach: async (page) => {
      await press(page, 'Export receipts');
      await page.getByRole('button', { name: 'Go on' }).waitFor();
    },
    roles: [['heading', 'Stored data could not be read']],
    words: ['20 receipts read.', 'What was read so far is kept.'],
  },
  {
    name: 'a person’s account chosen as main authorized user: why not, and on with it',
    scene: 'connected',
    reach: async (page) => {
      await press(page, 'change');
      await pick(page, 'Maria Keller', 'Search by name or email address.');
    },
    roles: [['heading', 'This looks like a person’s own account'], ['button', 'Next']],
    words: [/A dedicated service account stays\. You can go on with this one all the same/],
  },
];
