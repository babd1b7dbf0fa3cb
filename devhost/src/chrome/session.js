// @ts-check
/**
 * Who is in front of the browser, and how they like it: two cookies.
 *
 * @import { Exchange } from './exchange.js'
 * @import { ThemePreference } from './layout.js'
 * @import { Person } from './people.js'
 */
import { localPath } from './exchange.js';
import { bareLayout } from './layout.js';
import { signInPage } from './pages/people.js';
import { canSignIn } from './people.js';

/** Cookies ignore ports: the authorization server on the same host name keeps a login of its own, under other names. */
const ACCOUNT_COOKIE = 'local_jira_account';
const THEME_COOKIE = 'local_jira_theme';

/**
 * @param {object} parts
 * @param {() => Person[]} parts.people
 * @param {string} parts.policy of the pages
 */
export function createSession({ people, policy }) {
  /** @param {Exchange} exchange */
  const theme = (exchange) => themePreference(exchange.cookies.get(THEME_COOKIE) ?? null);

  /**
   * @param {Exchange} exchange
   * @param {string | null} back path to go to afterwards
   * @param {string | null} notice
   */
  function sendSignIn(exchange, back, notice) {
    const content = signInPage(people(), localPath(back), notice);
    exchange.sendPage(200, bareLayout(theme(exchange), { title: 'Who are you', content }), policy);
  }

  return {
    theme,
    sendSignIn,

    /**
     * @param {Exchange} exchange
     * @returns {Person | null} at first the first person of all; `null` when the chosen one cannot sign in any more
     */
    person(exchange) {
      const everybody = people();
      const chosen = exchange.cookies.get(ACCOUNT_COOKIE);
      const person = everybody.find(({ accountId }) => accountId === chosen);
      if (person === undefined) return everybody.find(canSignIn) ?? null;
      return canSignIn(person) ? person : null;
    },

    /** @param {Exchange} exchange */
    async switchAccount(exchange) {
      const form = await exchange.form();
      const back = localPath(form.get('back'));
      const person = people().find(({ accountId }) => accountId === form.get('account'));
      if (person === undefined || !canSignIn(person)) {
        sendSignIn(exchange, back, 'Nobody can sign in with this account. You are who you were.');
        return;
      }
      exchange.setCookie(ACCOUNT_COOKIE, person.accountId);
      exchange.seeOther(back);
    },

    /** @param {Exchange} exchange */
    async setTheme(exchange) {
      exchange.setCookie(THEME_COOKIE, themePreference((await exchange.form()).get('theme')));
      exchange.seeOther('/');
    },
  };
}

/**
 * @param {string | null} value
 * @returns {ThemePreference}
 */
const themePreference = (value) => (value === 'light' || value === 'dark' ? value : 'auto');
