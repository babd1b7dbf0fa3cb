// @ts-check
/**
 * Calls across a `MessagePort`, with functions among the arguments and results. A function stays where it is; the other
 * side gets a stand-in that returns a promise. Everything else must survive the structured clone.
 */

/** @typedef {(...parameters: any[]) => unknown} Callable */
/** @typedef {{ path: (string | number)[], reference: number }} FunctionPlace */
/** @typedef {{ value: unknown, functions: FunctionPlace[] }} Encoded */
/**
 * @typedef {{ kind: 'call', id: number, target: string | number, parameters: Encoded }
 *   | { kind: 'result', id: number, result: Encoded }
 *   | { kind: 'failure', id: number, name: string, message: string }
 *   | { kind: 'release', reference: number }} Message
 */

const CLOSED = 'The connection to the app was closed.';

export class Peer {
  /** @type {Map<number, { resolve(value: unknown): void, reject(reason: Error): void }>} */
  #pending = new Map();
  /**
   * What the other side may call, and how many stand-ins it has for it.
   *
   * @type {Map<number, { callable: Callable, standIns: number }>}
   */
  #shared = new Map();
  /** @type {WeakMap<Callable, number>} */
  #references = new WeakMap();
  #lastId = 0;
  #closed = false;
  /** @type {FinalizationRegistry<number>} */
  #forgotten;

  /**
   * @param {MessagePort} port
   * @param {(name: string, parameters: unknown[]) => unknown} serve answers calls of the other side by name
   */
  constructor(port, serve) {
    this.port = port;
    this.serve = serve;
    this.#forgotten = new FinalizationRegistry((reference) => this.#send({ kind: 'release', reference }));
    port.onmessage = (event) => this.#receive(event.data);
  }

  /**
   * @param {string} name
   * @param {...unknown} parameters
   * @returns {Promise<any>} rejects with an `Error` that has the other side's name and message, or with a
   *   `DataCloneError` when a parameter cannot cross
   */
  call(name, ...parameters) {
    return this.#request(name, parameters);
  }

  close() {
    this.#closed = true;
    this.port.close();
    for (const { reject } of this.#pending.values()) reject(new Error(CLOSED));
    this.#pending.clear();
    this.#shared.clear();
  }

  /**
   * @param {string | number} target a name, or the number of a shared function
   * @param {unknown[]} parameters
   */
  #request(target, parameters) {
    if (this.#closed) return Promise.reject(new Error(CLOSED));
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      try {
        this.#send({ kind: 'call', id, target, parameters: this.#encode(parameters) });
      } catch (error) {
        this.#pending.delete(id);
        reject(error);
      }
    });
  }

  /** @param {Message} message */
  #send(message) {
    this.port.postMessage(message);
  }

  /** @param {Message} message */
  async #receive(message) {
    switch (message.kind) {
      case 'call':
        try {
          const parameters = /** @type {unknown[]} */ (this.#decode(message.parameters));
          const result = await this.#answer(message.target, parameters);
          this.#send({ kind: 'result', id: message.id, result: this.#encode(result) });
        } catch (error) {
          const { name, message: text } = error instanceof Error ? error : new Error(String(error));
          this.#send({ kind: 'failure', id: message.id, name, message: text });
        }
        return;
      case 'result':
        this.#settle(message.id)?.resolve(this.#decode(message.result));
        return;
      case 'failure':
        this.#settle(message.id)?.reject(Object.assign(new Error(message.message), { name: message.name }));
        return;
      case 'release':
        this.#release(message.reference);
        return;
    }
  }

  /** @param {number} id */
  #settle(id) {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  /**
   * @param {string | number} target
   * @param {unknown[]} parameters
   */
  #answer(target, parameters) {
    if (typeof target === 'string') return this.serve(target, parameters);
    const shared = this.#shared.get(target);
    if (shared === undefined) throw new Error('The function is gone.');
    return shared.callable(...parameters);
  }

  /**
   * @param {unknown} value
   * @returns {Encoded}
   */
  #encode(value) {
    /** @type {FunctionPlace[]} */
    const functions = [];
    /**
     * @param {unknown} part
     * @param {(string | number)[]} path
     * @returns {unknown}
     */
    const walk = (part, path) => {
      if (typeof part === 'function') {
        functions.push({ path, reference: this.#share(/** @type {Callable} */ (part)) });
        return null;
      }
      if (Array.isArray(part)) return part.map((item, index) => walk(item, [...path, index]));
      if (part !== null && typeof part === 'object' && isPlain(part)) {
        return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, walk(item, [...path, key])]));
      }
      return part;
    };
    return { value: walk(value, []), functions };
  }

  /** @param {Encoded} encoded */
  #decode({ value, functions }) {
    const root = { value };
    for (const { path, reference } of functions) {
      /** @type {any} */
      let holder = root;
      const whole = ['value', ...path];
      for (const key of whole.slice(0, -1)) holder = holder[key];
      holder[/** @type {string} */ (whole.at(-1))] = this.#standIn(reference);
    }
    return root.value;
  }

  /** @param {Callable} callable */
  #share(callable) {
    const reference = this.#references.get(callable) ?? ++this.#lastId;
    this.#references.set(callable, reference);
    this.#shared.set(reference, { callable, standIns: (this.#shared.get(reference)?.standIns ?? 0) + 1 });
    return reference;
  }

  /** @param {number} reference of which the other side forgot a stand-in */
  #release(reference) {
    const shared = this.#shared.get(reference);
    if (shared === undefined) return;
    shared.standIns -= 1;
    if (shared.standIns === 0) this.#shared.delete(reference);
  }

  /**
   * @param {number} reference
   * @returns {Callable}
   */
  #standIn(reference) {
    const standIn = (/** @type {unknown[]} */ ...parameters) => this.#request(reference, parameters);
    this.#forgotten.register(standIn, reference);
    return standIn;
  }
}

/** @param {object} value */
function isPlain(value) {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
