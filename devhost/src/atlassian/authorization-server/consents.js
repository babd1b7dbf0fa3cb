// @ts-check
/**
 * What each account has allowed the app: one record for an account, however often it consented.
 *
 * oidc-provider's own grant is the family of tokens that came of one consent. A code that is replayed or a refresh token
 * that is reused kills its family alone; this record says which families there are, and what all of them may do.
 *
 * @import { Store } from '../../store.js'
 */

/**
 * @typedef {object} Consent
 * @property {string} accountId
 * @property {string[]} scopes of the newest consent, which override those of earlier ones
 * @property {'account' | 'resource'} level whether every site of the account is covered, or the chosen ones
 * @property {string[]} cloudIds the chosen sites; empty with level `account`
 * @property {number} grantedAt milliseconds since the epoch, of the newest consent
 * @property {string[]} families ids of oidc-provider's grants
 */

/**
 * @param {Store} store
 */
export function createConsents(store) {
  const table = store.table('consents');
  return {
    /**
     * @param {string} accountId
     * @returns {Consent | undefined}
     */
    get: (accountId) => table.get(accountId),

    /** @returns {Consent[]} */
    list: () => table.range().map(({ value }) => value),

    /**
     * Sites chosen in earlier consents stay covered; scopes do not.
     *
     * @param {{ accountId: string, scopes: string[], level: Consent['level'], cloudIds: string[], grantedAt: number,
     *   family: string }} consent
     * @returns {Consent}
     */
    record({ family, ...consent }) {
      return store.transaction(() => {
        const earlier = /** @type {Consent | undefined} */ (table.get(consent.accountId));
        const merged = {
          ...consent,
          cloudIds: consent.level === 'account' ? [] : [...new Set([...(earlier?.cloudIds ?? []), ...consent.cloudIds])],
          families: [...(earlier?.families ?? []), family],
        };
        table.put(consent.accountId, merged);
        return merged;
      });
    },

    /**
     * @param {string} accountId
     * @param {string[]} families
     */
    keepFamilies(accountId, families) {
      const consent = table.get(accountId);
      if (consent) table.put(accountId, { ...consent, families });
    },

    /** @param {string} accountId */
    remove: (accountId) => table.remove(accountId),
  };
}
