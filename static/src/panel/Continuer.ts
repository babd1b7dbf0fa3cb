/**
 * Carries a change on when the app offers it, without a click.
 */
import type { SessionKey, Status } from '../api/generated/api.ts';
import type { Trouble } from '../api/door.ts';
import { continuation, passing, pause, type Continuation } from './next.ts';

/** Asks the app to carry `change` on; answers what went wrong, if anything did. */
export type Continue = (change: SessionKey) => Promise<Trouble | null>;

/** Asks once for each point that a change reaches, and again with growing pauses while it gets no further. */
export class Continuer {
  readonly #continue: Continue;
  #wanted: Continuation | null = null;
  /** The point that was asked for last, so that the same status seen again asks nothing. */
  #asked: string | null = null;
  #asking = false;
  #failures = 0;
  #timer: number | undefined;

  constructor(carryOn: Continue) {
    this.#continue = carryOn;
  }

  /** Takes a status that has just been shown. */
  see(status: Status): void {
    this.#wanted = continuation(status);
    if (this.#wanted?.point !== this.#asked) {
      this.#failures = 0;
      this.stop();
      void this.#ask();
    }
  }

  /** Asks nothing more until the next status. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    const wanted = this.#wanted;
    this.#asked = wanted?.point ?? null;
    // While one request is out, its answer decides what comes next: the app does one thing at a time for a change.
    if (wanted === null || this.#asking) {
      return;
    }
    this.#asking = true;
    const trouble = await this.#continue(wanted.change);
    this.#asking = false;
    if (this.#wanted === null || (trouble !== null && !passing(trouble))) {
      return;
    }
    if (this.#wanted.point !== wanted.point) {
      void this.#ask();
      return;
    }
    this.#failures += 1;
    this.#timer = window.setTimeout(() => void this.#ask(), pause(this.#failures, trouble));
  }
}
