// @ts-check
/**
 * What the page `/local` shows and does.
 *
 * @import { Clock } from '../atlassian/clock.js'
 * @import { Faults, FaultValue } from '../atlassian/faults.js'
 * @import { Account } from '../atlassian/sandbox.js'
 * @import { SupportDesk } from '../support-desk.js'
 */
import { Refusal } from './exchange.js';
import { html } from './html.js';
import { controlsPage } from './pages/controls.js';
import { HOURS } from './pages/support-desk.js';
import { isHuman, peopleOf } from './people.js';
import { time } from './time.js';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** @type {Record<string, number>} */
const STEPS = { hour: HOUR, day: DAY, days30: 30 * DAY, days91: 91 * DAY };

/** How many hours pass. @type {Record<string, number>} */
const PASSAGES = { passDay: 24, passWeek: 7 * 24 };

/** What the page says after something was done. Only these words: a link must not make the page say others. */
const NOTICES = /** @type {const} */ ({
  clock: 'The clock was moved. Webhooks, tokens and scheduled triggers go by it.',
  passed: 'The time has passed, hour by hour. Scheduled triggers and waiting work ran on the way.',
  fault: 'The fault was changed.',
  deactivated: 'The account was deactivated. Its tokens no longer work.',
  activated: 'The account is active again.',
  revoked: 'The grant was revoked. The app finds out with its next request.',
  password: 'The password was changed. Grants of this account no longer work; its browser logins stay.',
  promoted: 'The account is a Jira administrator now.',
  demoted: 'The account is no Jira administrator any more.',
  leeway: 'The rule for used refresh tokens was changed.',
  ran: 'The trigger ran.',
  failed: 'The trigger ran and failed. The terminal where the local Jira runs says more.',
  upgraded: 'The next version is installed, and the app was told.',
  upgradeFailed: 'The next version is installed, and the app failed when it was told. The terminal where the local Jira runs says more.',
  supportAsked: 'Support has asked for access. Integration+ shows the request under Settings, Account Access.',
  supportRefused: 'The app did not take the request. The Instance ID may be another, or five requests wait already.',
  reset: 'Everything was deleted. This is the first day again.',
});

/** @typedef {keyof typeof NOTICES} Done */
/** @typedef {ReturnType<typeof createLocalControls>} LocalControls */

/**
 * @typedef {object} ControlParts
 * @property {Clock} clock
 * @property {(hours: number) => Promise<void>} pass lets time pass, with all that happens in it
 * @property {Faults} faults
 * @property {{ accounts(): Account[], setActive(accountId: string, active: boolean): void, setAdministrator(accountId: string, administrator: boolean): void, isAdministrator(accountId: string): boolean }} people
 *   of the site with the app
 * @property {{ revoke(accountId: string): Promise<void>, changePassword(accountId: string): Promise<void>, setLeeway(on: boolean): void, leeway(): boolean }} grants
 * @property {{ list(): { key: string, interval: string, nextRun: number, lastRun?: number, lastError?: string }[], run(key: string): Promise<{ success: boolean }> }} schedule
 * @property {{ version(): string, upgrade(): Promise<boolean> }} app `upgrade` answers whether the app got over it
 * @property {() => { at: number, event: string | null, outcome: string, status: number | null }[]} deliveries of webhooks, newest first
 * @property {() => { at: number, directive: string, blocked: string }[]} violations newest first
 * @property {SupportDesk} support
 * @property {() => Promise<void>} reset
 */

/** @param {ControlParts} parts */
export function createLocalControls({ clock, pass, faults, people, grants, schedule, app, deliveries, violations, support, reset }) {
  /**
   * @param {string} action
   * @param {URLSearchParams} form
   * @returns {Promise<{ done: Done, section: string }>}
   * @throws {Refusal} 404 for an action that does not exist
   */
  async function carryOut(action, form) {
    switch (action) {
      case 'clock': {
        const step = form.get('step') ?? '';
        if (Object.hasOwn(PASSAGES, step)) {
          await pass(PASSAGES[step]);
          return { done: 'passed', section: 'clock' };
        }
        if (step === 'reset') clock.reset();
        else if (Object.hasOwn(STEPS, step)) clock.advance(STEPS[step]);
        else throw new Refusal(400, 'The clock knows no such step.');
        return { done: 'clock', section: 'clock' };
      }
      case 'faults':
        setFault(form.get('name') ?? '', form.get('on') === 'yes', form.get('value'));
        return { done: 'fault', section: 'faults' };
      case 'faults/clear':
        faults.clear();
        return { done: 'fault', section: 'faults' };
      case 'accounts':
        return { done: await treatAccount(form.get('account') ?? '', form.get('action')), section: 'accounts' };
      case 'leeway':
        grants.setLeeway(form.get('leeway') === 'on');
        return { done: 'leeway', section: 'authorization' };
      case 'triggers/run': {
        const { success } = await schedule.run(form.get('key') ?? '');
        return { done: success ? 'ran' : 'failed', section: 'triggers' };
      }
      case 'upgrade':
        return { done: (await app.upgrade()) ? 'upgraded' : 'upgradeFailed', section: 'app' };
      case 'support': {
        const of = (/** @type {string} */ name) => form.get(name) ?? '';
        const hours = HOURS.find((offered) => String(offered) === of('hours'));
        if (hours === undefined) throw new Refusal(400, 'Support does not ask for so long.');
        const words = { instanceId: of('instanceId').trim(), who: of('who'), ticket: of('ticket'), reason: of('reason') };
        const taken = await support.ask({ ...words, hours });
        return { done: taken ? 'supportAsked' : 'supportRefused', section: 'support' };
      }
      case 'reset':
        await reset();
        return { done: 'reset', section: 'over' };
      default:
        throw new Refusal(404, 'There is no such control.');
    }
  }

  /**
   * @param {string} name
   * @param {boolean} on
   * @param {string | null} value
   */
  function setFault(name, on, value) {
    const fault = faults.list().find((candidate) => candidate.name === name);
    if (fault === undefined) throw new Refusal(404, 'There is no such fault.');
    /** @type {FaultValue} */
    const wanted = fault.value === 'switch' ? true : fault.value === 'milliseconds' ? Number(value) : (value ?? '');
    try {
      faults.set(name, on ? wanted : null);
    } catch (error) {
      throw error instanceof RangeError ? new Refusal(400, error.message) : error;
    }
  }

  /**
   * @param {string} accountId
   * @param {string | null} action
   * @returns {Promise<Done>}
   */
  async function treatAccount(accountId, action) {
    if (!people.accounts().some((account) => account.accountId === accountId)) {
      throw new Refusal(404, 'There is no such account.');
    }
    switch (action) {
      case 'activate':
        people.setActive(accountId, true);
        return 'activated';
      case 'deactivate':
        people.setActive(accountId, false);
        return 'deactivated';
      case 'promote':
        people.setAdministrator(accountId, true);
        return 'promoted';
      case 'demote':
        people.setAdministrator(accountId, false);
        return 'demoted';
      case 'revoke':
        await grants.revoke(accountId);
        return 'revoked';
      case 'password':
        await grants.changePassword(accountId);
        return 'password';
      default:
        throw new Refusal(400, 'Nothing of this kind can be done to an account.');
    }
  }

  return {
    /**
     * @param {string} action path below `/local/`
     * @param {URLSearchParams} form
     * @returns {Promise<string>} the path to go to
     */
    async act(action, form) {
      const { done, section } = await carryOut(action, form);
      return `/local?done=${done}#${section}`;
    },

    /** @returns {string[]} what is not as on an ordinary day */
    conditions() {
      const ahead = clock.offset();
      const armed = faults.list().filter((fault) => fault.armed !== null).length;
      return [
        ...(ahead === 0 ? [] : [`Clock ${ahead > 0 ? '+' : '-'}${distance(ahead)}`]),
        ...(armed === 0 ? [] : [`${armed} ${armed === 1 ? 'fault' : 'faults'}`]),
      ];
    },

    /** @param {string | null} done */
    page(done) {
      const ahead = clock.offset();
      return controlsPage({
        notice: done !== null && Object.hasOwn(NOTICES, done) ? NOTICES[/** @type {Done} */ (done)] : null,
        clock: { now: time(clock.now()), ahead: ahead === 0 ? null : span(ahead) },
        faults: faults.list(),
        people: peopleOf(people.accounts()).map((person) => ({
          person,
          administrator: isHuman(person) ? people.isAdministrator(person.accountId) : null,
        })),
        triggers: schedule.list().map(({ key, interval, nextRun, lastRun, lastError }) => ({
          key,
          interval,
          last: html`next ${time(nextRun)}${lastRun !== undefined && html`, last ${time(lastRun)}`}${lastError !== undefined && html`, failed: ${lastError}`}`,
        })),
        appVersion: app.version(),
        leeway: grants.leeway(),
        deliveries: deliveries().map((delivery) => ({ ...delivery, at: time(delivery.at) })),
        door: support.door(),
        violations: violations().map((violation) => ({ ...violation, at: time(violation.at) })),
      });
    },
  };
}

/** @param {number} milliseconds not zero */
const span = (milliseconds) => `${distance(milliseconds)} ${milliseconds > 0 ? 'ahead of' : 'behind'}`;

/** @param {number} milliseconds */
function distance(milliseconds) {
  const hours = Math.round(Math.abs(milliseconds) / HOUR);
  const [days, rest] = [Math.floor(hours / 24), hours % 24];
  const parts = [days > 0 && `${days} ${days === 1 ? 'day' : 'days'}`, rest > 0 && `${rest} ${rest === 1 ? 'hour' : 'hours'}`];
  return parts.filter(Boolean).join(' and ') || 'less than an hour';
}
