// @ts-check
/**
 * The clock of the local Jira, which a person may set forward to see what ninety idle days or an expired token do.
 *
 * @import { Store } from '../store.js'
 */

const RealDate = globalThis.Date;

/**
 * @typedef {object} Clock
 * @property {() => number} now milliseconds since the epoch, shifted
 * @property {() => number} offset milliseconds ahead of the machine's clock
 * @property {(milliseconds: number) => void} advance negative goes back; kept over a restart
 * @property {() => void} reset
 * @property {(listener: () => void) => () => void} onShift called after the time jumped; answers how to stop listening
 * @property {() => void} close gives this process its own time back
 */

/**
 * Time travel must reach code that reads `Date` itself and takes no clock: oidc-provider decides by `Date.now()` whether
 * a token has expired, and Koa dates its cookies. So the `Date` of this process is shifted. What must not move is not
 * touched: timers, `performance.now()` and the timeouts of sockets run on the monotonic clock, and lmdb has its own.
 * A process has one `Date`, hence one clock: creating another one takes over.
 *
 * A worker or a `vm` context has a `Date` of its own; give it {@link shiftedDate}.
 *
 * @param {Store} store
 * @returns {Clock}
 */
export function createClock(store) {
  const table = store.table('clock');
  let offset = /** @type {number} */ (table.get('offset') ?? 0);
  /** @type {Set<() => void>} */
  const listeners = new Set();

  /** @param {number} value */
  const shiftTo = (value) => {
    if (!Number.isSafeInteger(value)) throw new RangeError(`A clock moves by whole milliseconds, not by ${value}.`);
    offset = value;
    table.put('offset', offset);
    for (const listener of listeners) listener();
  };
  const date = shiftedDate(() => offset);
  globalThis.Date = date;

  return {
    now: () => RealDate.now() + offset,
    offset: () => offset,
    advance: (milliseconds) => shiftTo(offset + milliseconds),
    reset: () => shiftTo(0),
    onShift(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      listeners.clear();
      if (globalThis.Date === date) globalThis.Date = RealDate;
    },
  };
}

/**
 * The same constructor with another idea of now. Its instances are ordinary dates, so that `instanceof`, structured
 * clones and serializers see no difference.
 *
 * @param {() => number} offset in milliseconds, asked at each reading
 * @returns {DateConstructor}
 */
export function shiftedDate(offset) {
  const now = () => RealDate.now() + offset();
  return new Proxy(RealDate, {
    construct: (target, parameters, newTarget) =>
      Reflect.construct(target, parameters.length === 0 ? [now()] : parameters, newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, property) => (property === 'now' ? now : Reflect.get(target, property)),
  });
}
