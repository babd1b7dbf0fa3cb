// @ts-check
/**
 * A site where people work with the app already: everything is done as they would have done it, through the app, its
 * web trigger and the authorization server's own pages, so that no record is there that the app did not write.
 *
 * @import { Sandbox } from '../atlassian/sandbox.js'
 * @import { InvokeResolver } from '../platform/resolver.js'
 * @import { SupportDesk } from '../support-desk.js'
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Browser } from './browser.js';

const ADMINISTRATOR = 'Maria Keller';

/** A colleague's own account acts for everybody, which is what the app advises against. */
const MAIN = 'Tom Okafor';

/** Who connected their own account, and what they wrote with it. */
const MEMBERS = [
  { name: 'Ana Lima', issue: 'MOB-1', text: 'The release notes can wait until this is fixed.' },
  { name: 'Ben Sato', issue: 'MOB-2', text: 'Works on the tablet as well.' },
  { name: 'Chloe Dubois', issue: 'BIL-1', text: 'Finance confirmed the amounts.' },
  { name: 'David Novak', issue: 'WEB-1', text: 'The link is right again.' },
  { name: 'Elif Demir', issue: 'PLT-1', text: 'The second half moves on Thursday.' },
  { name: 'Farid Haddad', issue: 'PLT-2', text: 'The next one runs out in March.' },
  { name: 'Grace Mwangi', issue: 'SUP-1', text: 'The toner has arrived.' },
  { name: 'Hugo Lindqvist', issue: 'MKT-1', text: 'Legal has no objection to the second draft.' },
];

/** Who took the access away again at Atlassian, which the app does not know yet. */
const GONE = ['Chloe Dubois', 'Elif Demir', 'Hugo Lindqvist'];

/** What support wants to look at. */
const SUPPORT = {
  who: 'Nora Lindgren, support of Integration+',
  ticket: 'SUP-4711',
  reason: 'Somebody was prompted twice. We would compare the settings with what we expect.',
  hours: 48,
};

/** How often a change is carried on before it must have ended. */
const PATIENCE = 50;
const PAUSE_MS = 100;

/**
 * What was done already is not done again, so a start that was cut short is finished by the next.
 *
 * @param {object} parts
 * @param {string} parts.cloudId of the site with the app
 * @param {Pick<Sandbox, 'accounts' | 'jiraUndisturbed'>} parts.sandbox
 * @param {InvokeResolver} parts.invokeResolver
 * @param {{ revoke(accountId: string): Promise<void> }} parts.grants
 * @param {Pick<SupportDesk, 'ask'>} parts.support
 * @returns {Promise<void>}
 * @throws {Error} in words, when somebody was refused
 */
export async function connectEverybody({ cloudId, sandbox, invokeResolver, grants, support }) {
  /** @param {string} name */
  function accountOf(name) {
    const found = sandbox.accounts().find((account) => account.name === name);
    if (found === undefined) throw new Error(`Nobody is called ${name}.`);
    return found.accountId;
  }

  /**
   * @param {string} name of who asks
   * @param {string} moduleKey of the page where they ask
   * @param {{ type: string } & Record<string, unknown>} request
   * @returns {Promise<any>}
   */
  async function ask(name, moduleKey, request) {
    const accountId = accountOf(name);
    const result = await invokeResolver({
      functionKey: 'door',
      payload: request,
      context: { moduleKey, accountId },
      accountId,
    });
    if (!result.success) throw new Error(`${name} asked for ${request.type}: ${result.error.errorMessage}`);
    if (result.body.type === 'refused') throw new Error(`${name} was refused ${request.type}: ${result.body.error.code}`);
    return result.body;
  }

  /**
   * Logs in and selects *Allow*, in a browser that nobody used before.
   *
   * @param {string} name
   * @param {string} url of the authorization request
   */
  async function allow(name, url) {
    const browser = new Browser();
    const login = await browser.open(url);
    const consent = await login.submit({ account: accountOf(name) });
    const answered = await consent.submit({ site: cloudId, decision: 'allow' });
    const page = answered.location === null ? answered : await browser.open(answered.location.href);
    if (page.status !== 200) throw new Error(`${name} could not allow the app: ${page.text}`);
  }

  async function connectMain() {
    const { status } = await ask(ADMINISTRATOR, 'integration-plus', { type: 'status', watching: null });
    if (status.main !== null) return;
    const begun = { type: 'beginChange', intended: accountOf(MAIN), insteadOf: null, policy: null };
    const { change, url } = await ask(ADMINISTRATOR, 'integration-plus', begun);
    await allow(MAIN, url);
    for (let tries = 0; tries < PATIENCE; tries += 1) {
      const carried = await ask(ADMINISTRATOR, 'integration-plus', { type: 'continueChange', change });
      if (carried.status.main !== null) return;
      await sleep(PAUSE_MS);
    }
    throw new Error(`${MAIN} did not become the main authorized user.`);
  }

  /** @param {(typeof MEMBERS)[number]} member */
  async function connect({ name, issue, text }) {
    const { me } = await ask(name, 'personal', { type: 'me' });
    if (me.standing !== null) return;
    const { url } = await ask(name, 'personal', { type: 'authorize' });
    await allow(name, url);
    await ask(name, 'personal', { type: 'me' });
    const issueId = idOf(issue, accountOf(name));
    const { result } = await ask(name, 'comment', { type: 'comment', issueId, text, internal: false });
    if (result.type !== 'posted') throw new Error(`The comment of ${name} was ${result.type}.`);
  }

  /**
   * @param {string} issue its key
   * @param {string} accountId who looks
   * @returns {string} Jira's number of it
   */
  function idOf(issue, accountId) {
    const request = { method: 'GET', path: `/rest/api/3/issue/${issue}?fields=summary` };
    const { status, body } = sandbox.jiraUndisturbed(cloudId, { type: 'forgeUser', accountId }, request);
    if (status !== 200) throw new Error(`There is no ${issue} to comment on.`);
    return /** @type {{ id: string }} */ (body).id;
  }

  /** Once: a request that was decided is not made anew by a start that finishes another. */
  async function letSupportAsk() {
    const { support: seen } = await ask(ADMINISTRATOR, 'integration-plus', { type: 'support' });
    if (seen.accesses.length > 0) return;
    const { about } = await ask(ADMINISTRATOR, 'integration-plus', { type: 'about' });
    if (!(await support.ask({ ...SUPPORT, instanceId: about.instanceId }))) throw new Error('Support could not ask for access.');
  }

  await connectMain();
  for (const member of MEMBERS) await connect(member);
  for (const name of GONE) await grants.revoke(accountOf(name));
  await letSupportAsk();
}
