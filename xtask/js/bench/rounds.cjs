// @ts-check
// A clock that counts round trips in place of seconds: every call takes one round, calls made together take the same
// one. What it shows at the end is the longest chain of calls that waited for each other.
'use strict';

/** Turns of the event loop after which whoever could go on has gone on. */
const QUIET_TURNS = 5;

class Rounds {
  /** Rounds so far. */
  count = 0;
  /** @type {(() => void)[]} */
  #waiting = [];
  #turning = false;

  /** Waits for the end of one round. */
  one() {
    return new Promise((/** @type {(value?: undefined) => void} */ resolve) => {
      this.#waiting.push(resolve);
      void this.#turn();
    });
  }

  async #turn() {
    if (this.#turning) return;
    this.#turning = true;
    while (this.#waiting.length > 0) {
      for (let turn = 0, seen = this.#waiting.length; turn < QUIET_TURNS; turn += 1) {
        await new Promise((resolve) => setImmediate(resolve));
        if (this.#waiting.length > seen) [turn, seen] = [0, this.#waiting.length];
      }
      this.count += 1;
      for (const resolve of this.#waiting.splice(0)) resolve();
      // Whoever was let go on may make calls of the next round, before the loop looks for them.
      for (let turn = 0; turn < QUIET_TURNS && this.#waiting.length === 0; turn += 1) {
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    this.#turning = false;
  }
}

module.exports = { Rounds };
