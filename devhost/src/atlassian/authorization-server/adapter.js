// @ts-check
/**
 * Where oidc-provider keeps what must outlive a restart: sessions, interactions, codes, tokens, grants.
 *
 * @import { Adapter, AdapterPayload } from 'oidc-provider'
 * @import { Store, Table } from '../../store.js'
 * @import { Clock } from '../clock.js'
 */

/** The reuse interval that Atlassian documents for a rotated refresh token, in seconds. */
export const LEEWAY = 10 * 60;

/** @typedef {{ payload: AdapterPayload, expiresAt: number | null }} Row `expiresAt` in seconds since the epoch */

/** @implements {Adapter} */
class StoreAdapter {
  /** @type {Store} */
  #store;
  /** @type {Clock} */
  #clock;
  /** @type {Table} */
  #rows;
  /** Secondary keys: `[grantId, id]` for revocation by family, `['uid', uid]` for sessions. @type {Table} */
  #index;
  /** @type {(payload: AdapterPayload) => boolean} */
  #reusable;

  /**
   * @param {Store} store
   * @param {Clock} clock
   * @param {string} model
   * @param {(payload: AdapterPayload) => boolean} reusable whether a consumed row still counts as fresh
   */
  constructor(store, clock, model, reusable) {
    this.#store = store;
    this.#clock = clock;
    this.#rows = store.table(`oidc ${model}`);
    this.#index = store.table(`oidc ${model} index`);
    this.#reusable = reusable;
    this.#sweep();
  }

  /**
   * @param {string} id
   * @param {AdapterPayload} payload
   * @param {number} [expiresIn] in seconds
   */
  async upsert(id, payload, expiresIn) {
    this.#store.transaction(() => {
      this.#rows.put(id, { payload, expiresAt: expiresIn === undefined ? null : seconds(this.#clock.now()) + expiresIn });
      for (const key of indexKeys(id, payload)) this.#index.put(key, id);
    });
  }

  /** @param {string} id */
  async find(id) {
    const row = this.#row(id);
    if (!row) return undefined;
    if (!row.payload.consumed || !this.#reusable(row.payload)) return row.payload;
    const { consumed, ...payload } = row.payload;
    return payload;
  }

  /** @param {string} uid */
  async findByUid(uid) {
    const id = this.#index.get(['uid', uid]);
    return id === undefined ? undefined : this.find(id);
  }

  /** The device flow is switched off, so no row has a user code. */
  async findByUserCode() {
    return undefined;
  }

  /**
   * The first use counts: presenting a token again within the leeway does not prolong the leeway.
   *
   * @param {string} id
   */
  async consume(id) {
    const row = this.#row(id);
    if (row) this.#rows.put(id, { ...row, payload: { consumed: seconds(this.#clock.now()), ...row.payload } });
  }

  /** @param {string} id */
  async destroy(id) {
    this.#store.transaction(() => this.#remove(id));
  }

  /** @param {string} grantId */
  async revokeByGrantId(grantId) {
    this.#store.transaction(() => {
      // Ids are letters, digits, `_` and `-`, all of which sort after a space.
      const members = this.#index.range({ start: ['grant', grantId], end: ['grant', `${grantId} `] });
      for (const { value: id } of members) this.#remove(id);
    });
  }

  /**
   * @param {string} id
   * @returns {Row | undefined}
   */
  #row(id) {
    const row = /** @type {Row | undefined} */ (this.#rows.get(id));
    return row && (row.expiresAt === null || row.expiresAt > seconds(this.#clock.now())) ? row : undefined;
  }

  /** @param {string} id */
  #remove(id) {
    const row = /** @type {Row | undefined} */ (this.#rows.get(id));
    if (!row) return;
    this.#rows.remove(id);
    for (const key of indexKeys(id, row.payload)) this.#index.remove(key);
  }

  /**
   * Rows that expired are invisible; they are taken away here, once for each start, so that the file does not grow. Those
   * that expired only because a person set the clock forward stay: the clock may be set back.
   */
  #sweep() {
    const now = seconds(this.#clock.now() - Math.max(this.#clock.offset(), 0));
    this.#store.transaction(() => {
      for (const { key, value } of this.#rows.range()) {
        const { expiresAt } = /** @type {Row} */ (value);
        if (expiresAt !== null && expiresAt <= now) this.#remove(key);
      }
    });
  }
}

/** @param {number} milliseconds */
const seconds = (milliseconds) => Math.floor(milliseconds / 1000);

/**
 * @param {string} id
 * @param {AdapterPayload} payload
 */
function indexKeys(id, payload) {
  const { grantId, kind, uid } = /** @type {AdapterPayload & { uid?: string }} */ (payload);
  return [...(grantId ? [['grant', grantId, id]] : []), ...(kind === 'Session' && uid ? [['uid', uid]] : [])];
}

/**
 * @param {Store} store
 * @param {Clock} clock
 * @param {{ leeway: () => boolean, client: (id: string) => AdapterPayload | undefined }} options `leeway` decides whether
 *   a refresh token may be used again for {@link LEEWAY} after its first use
 * @returns {(model: string) => Adapter}
 */
export function createAdapter(store, clock, { leeway, client }) {
  /** @param {AdapterPayload} payload */
  const withinLeeway = (payload) =>
    payload.kind === 'RefreshToken' && leeway() && seconds(clock.now()) - payload.consumed < LEEWAY;

  return (model) =>
    model === 'Client' ? clientAdapter(client) : new StoreAdapter(store, clock, model, withinLeeway);
}

/**
 * The one registered app. It is asked for at each use, because its callback URL is the app's web trigger, which comes to
 * exist only when the app is installed.
 *
 * @param {(id: string) => AdapterPayload | undefined} client
 * @returns {Adapter}
 */
function clientAdapter(client) {
  const refuse = async () => {
    throw new Error('Clients are registered by configuration alone.');
  };
  return {
    find: async (id) => client(id),
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
    upsert: refuse,
    consume: refuse,
    destroy: refuse,
    revokeByGrantId: refuse,
  };
}
