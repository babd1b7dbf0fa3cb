/**
 * What is known of the rehearsal of one account, and how it keeps being known.
 */
import type { Answer, Trouble } from '../api/door.ts';
import type { AccountId, Rehearsal, Request } from '../api/generated/api.ts';
import { passing, pause } from '../panel/next.ts';
import { setClock, type AppClock } from '../time.ts';

/** What is shown of a rehearsal. */
export type KnownRehearsal =
  /** Nothing yet. */
  | { phase: 'asking' }
  /** Nothing, because the first request came to nothing. */
  | { phase: 'failed'; trouble: Trouble }
  | {
      phase: 'ready';
      rehearsal: Rehearsal;
      clock: AppClock;
      /** What somebody has asked for, while it has not begun. */
      begins: 'again' | 'anew' | null;
      /** Why the last request came to nothing. */
      stale: Trouble | null;
    };

type RehearsalRequest = Extract<Request, { type: 'rehearse' | 'rehearsal' }>;

/** Asks about one rehearsal. */
export type AskForRehearsal = (request: RehearsalRequest) => Promise<Answer<RehearsalRequest>>;

/** A result that is this old, in milliseconds, is not shown to somebody who has just chosen the account: a new one is made. */
const FRESH_MS = 15 * 60_000;

/** Begins the rehearsal of an account or joins the one under way, and asks how far it is until it is done. */
export class Rehearser {
  readonly #ask: AskForRehearsal;
  readonly #account: AccountId;
  readonly #listeners = new Set<() => void>();
  #known: KnownRehearsal = { phase: 'asking' };
  /** Rises with each request: only the latest one's answer is shown. */
  #epoch = 0;
  #timer: number | undefined;
  #failures = 0;
  /** What was asked last. */
  #asked: RehearsalRequest;

  constructor(ask: AskForRehearsal, account: AccountId) {
    this.#ask = ask;
    this.#account = account;
    this.#asked = { type: 'rehearsal', account };
  }

  /** Starts; answers how to stop. */
  start = (): (() => void) => {
    void this.#begin();
    return () => {
      this.#epoch += 1;
      clearTimeout(this.#timer);
    };
  };

  /** What is known now: the same object until something changes. */
  known = (): KnownRehearsal => this.#known;

  /** Calls `listener` after each change; answers how to stop it. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Begins once more, as a person who selects *Try again*. */
  retry = (): void => {
    if (this.#known.phase === 'ready') {
      void this.#send(this.#asked);
      return;
    }
    this.#set({ phase: 'asking' });
    void this.#begin();
  };

  /** Shows the latest, where somebody else has rehearsed the same account meanwhile. */
  look = (): void => void this.#send({ type: 'rehearsal', account: this.#account });

  /** Tries again only what is lost or missing. */
  again = (): void => this.#rehearse('again');

  /** Looks at every project anew. */
  anew = (): void => this.#rehearse('anew');

  /** A rehearsal that goes on without anybody, or was just done, is taken up instead of being made twice. */
  async #begin(): Promise<void> {
    const kept = await this.#answered({ type: 'rehearsal', account: this.#account });
    if (kept === undefined) {
      return;
    }
    if (kept !== null && (kept.pollAfterMs !== null || isFresh(kept))) {
      this.#take(kept);
    } else {
      await this.#send({ type: 'rehearse', account: this.#account, again: false });
    }
  }

  #rehearse(how: 'again' | 'anew'): void {
    if (this.#known.phase === 'ready') {
      this.#set({ ...this.#known, begins: how, stale: null });
    }
    void this.#send({ type: 'rehearse', account: this.#account, again: how === 'again' });
  }

  async #send(request: RehearsalRequest): Promise<void> {
    const rehearsal = await this.#answered(request);
    if (rehearsal === null) {
      // It is not kept any more: so many other accounts were rehearsed meanwhile.
      void this.#send({ type: 'rehearse', account: this.#account, again: false });
    } else if (rehearsal !== undefined) {
      this.#take(rehearsal);
    }
  }

  /** The rehearsal, null where there is none, or nothing when the request came to nothing or another followed it. */
  async #answered(request: RehearsalRequest): Promise<Rehearsal | null | undefined> {
    clearTimeout(this.#timer);
    this.#asked = request;
    this.#epoch += 1;
    const epoch = this.#epoch;
    const answer = await this.#ask(request);
    if (epoch !== this.#epoch) {
      return undefined;
    }
    if ('trouble' in answer) {
      this.#failed(answer.trouble, request);
      return undefined;
    }
    return answer.reply.rehearsal;
  }

  #take(rehearsal: Rehearsal): void {
    this.#failures = 0;
    this.#set({ phase: 'ready', rehearsal, clock: setClock(rehearsal.now), begins: null, stale: null });
    if (rehearsal.pollAfterMs !== null) {
      this.#after(rehearsal.pollAfterMs, { type: 'rehearsal', account: this.#account });
    }
  }

  /** Keeps what is shown, and asks for the same again where that may help. */
  #failed(trouble: Trouble, request: RehearsalRequest): void {
    if (this.#known.phase !== 'ready') {
      this.#set({ phase: 'failed', trouble });
      return;
    }
    const again = passing(trouble);
    this.#failures += 1;
    this.#set({ ...this.#known, begins: again ? this.#known.begins : null, stale: trouble });
    if (again) {
      this.#after(pause(this.#failures, trouble), request);
    }
  }

  #after(ms: number, request: RehearsalRequest): void {
    this.#timer = window.setTimeout(() => void this.#send(request), ms);
  }

  #set(known: KnownRehearsal): void {
    this.#known = known;
    for (const listener of this.#listeners) {
      listener();
    }
  }
}

function isFresh({ current, doneAt, now }: Rehearsal): boolean {
  return current && doneAt !== null && now - doneAt < FRESH_MS;
}
