/**
 * What a page of a person knows of where they stand, and how it keeps knowing it.
 */
import { ask, type Answer, type Trouble } from '../api/door.ts';
import type { AccountId, Me, Request } from '../api/generated/api.ts';
import { passing, pause } from '../panel/next.ts';
import { carriesName } from './stands.ts';
import { hearSettled, tellSettled } from '../settled.ts';
import { setClock, type AppClock } from '../time.ts';

/** What a person asks for themselves, apart from where they stand. */
export type MyRequest = Extract<
  Request,
  { type: 'authorize' | 'disconnect' | 'comment' | 'postHeld' | 'postForMe' | 'discardHeld' }
>;

/** What the page shows. */
export type KnownMe =
  | { phase: 'loading' }
  | { phase: 'failed'; trouble: Trouble }
  /** `stale` says why it could not be renewed when it should have been. */
  | { phase: 'ready'; me: Me; clock: AppClock; stale: Trouble | null };

/** A page that was out of sight for this long, in milliseconds, asks once when it is looked at again. */
const OUT_OF_SIGHT_MS = 60_000;

/** Holds the latest reply, and asks again while the app says that something is under way, or another tab says so. */
export class Mine {
  readonly #account: AccountId | null;
  readonly #listeners = new Set<() => void>();
  #known: KnownMe = { phase: 'loading' };
  /** Rises with each answer to a person's request: a reading that was begun before it may not overwrite it. */
  #epoch = 0;
  #timer: number | undefined;
  #failures = 0;
  #reading = false;
  #readAgain = false;
  #hiddenAt = 0;

  constructor(account: AccountId | null) {
    this.#account = account;
  }

  /** Starts; answers how to stop. */
  start = (): (() => void) => {
    document.addEventListener('visibilitychange', this.#sightChanged);
    const deaf = this.#account === null ? () => undefined : hearSettled(this.#account, () => void this.read());
    void this.read();
    return () => {
      document.removeEventListener('visibilitychange', this.#sightChanged);
      deaf();
      this.#readAfter(null);
    };
  };

  /** What is known now: the same object until something changes. */
  known = (): KnownMe => this.#known;

  /** Calls `listener` after each change; answers how to stop it. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Begins again, as a person who selects *Try again*. */
  retry = (): void => {
    this.#set({ phase: 'loading' });
    void this.read();
  };

  /** Asks on the person's behalf, and takes what comes with the answer. */
  ask = async <R extends MyRequest>(request: R): Promise<Answer<R>> => {
    const answer = await ask(request);
    if ('reply' in answer) {
      if ('me' in answer.reply) {
        this.#epoch += 1;
        this.#take(answer.reply.me);
      }
    } else if (answer.trouble.from === 'app') {
      // The app saw something that the page does not show yet.
      void this.read();
    }
    return answer;
  };

  /** Reads where the person stands. */
  read = async (): Promise<void> => {
    if (this.#reading) {
      this.#readAgain = true;
      return;
    }
    this.#reading = true;
    const epoch = this.#epoch;
    const answer = await ask({ type: 'me' });
    this.#reading = false;
    if (this.#readAgain) {
      this.#readAgain = false;
      void this.read();
    } else if ('trouble' in answer) {
      this.#failed(answer.trouble);
    } else if (epoch === this.#epoch) {
      this.#take(answer.reply.me);
    }
  };

  #take(me: Me): void {
    const before = this.#known.phase === 'ready' ? this.#known.me : null;
    this.#failures = 0;
    this.#set({ phase: 'ready', me, clock: setClock(me.now), stale: null });
    this.#readAfter(me.pollAfterMs);
    const changed = before !== null && before.standing?.type !== me.standing?.type;
    // Where there is something to ask now, a prompt that stands on another page stands rightly.
    if (changed && (me.standing === null || carriesName(me.standing)) && this.#account !== null) {
      tellSettled(this.#account);
    }
  }

  #failed(trouble: Trouble): void {
    if (this.#known.phase !== 'ready') {
      this.#set({ phase: 'failed', trouble });
      return;
    }
    this.#failures += 1;
    this.#set({ ...this.#known, stale: trouble });
    this.#readAfter(passing(trouble) ? pause(this.#failures, trouble) : null);
  }

  #readAfter(ms: number | null): void {
    clearTimeout(this.#timer);
    this.#timer = ms === null ? undefined : window.setTimeout(() => void this.read(), ms);
  }

  #set(known: KnownMe): void {
    this.#known = known;
    for (const listener of this.#listeners) {
      listener();
    }
  }

  #sightChanged = (): void => {
    if (document.hidden) {
      this.#hiddenAt = performance.now();
    } else if (this.#timer !== undefined || performance.now() - this.#hiddenAt > OUT_OF_SIGHT_MS) {
      void this.read();
    }
  };
}
