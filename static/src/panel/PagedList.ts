/**
 * What a section knows of a list that the app tells page by page, and how it keeps knowing it.
 */
import type { Trouble } from '../api/door.ts';
import type { Timestamp } from '../api/generated/api.ts';
import { setClock, type AppClock } from '../time.ts';
import { passing, pause } from './next.ts';

/** One page, as the app tells it. */
export interface PageView {
  /** When this was true. */
  readonly now: Timestamp;
  /** Where the next page begins, if there is one. */
  readonly next: string | number | null;
  /** In how many milliseconds to ask again; absent while nothing moves. */
  readonly pollAfterMs: number | null;
}

/** What is shown. */
export type KnownPage<View extends PageView, Choice> =
  | { phase: 'loading' }
  | { phase: 'failed'; trouble: Trouble }
  | {
      phase: 'ready';
      view: View;
      clock: AppClock;
      /** Of which choice the page is; it differs from what is asked for while an answer is out. */
      choice: Choice;
      /** Number of the page, from one. */
      page: number;
      /** Whether another page or another choice has been asked for. */
      isTurning: boolean;
      /** Why the page could not be read when it should have been. */
      stale: Trouble | null;
    };

/** Asks for one page: that of `choice` which begins at `cursor`. */
type AskForPage<View extends PageView, Page> = (page: Page) => Promise<{ view: View } | { trouble: Trouble }>;

/** Holds one page of a list, turns pages, and reads the page again while the app says that something moves. */
export class PagedList<View extends PageView, Choice extends object, Page> {
  readonly #pageOf: (choice: Choice, cursor: View['next']) => Page;
  readonly #ask: AskForPage<View, Page>;
  readonly #listeners = new Set<() => void>();
  #known: KnownPage<View, Choice> = { phase: 'loading' };
  #choice: Choice;
  /** Where each page up to the present one begins. */
  #cursors: Array<View['next']> = [null];
  /** Rises with each request: only the latest one's answer is shown. */
  #epoch = 0;
  #timer: number | undefined;
  #failures = 0;

  constructor(first: Choice, pageOf: (choice: Choice, cursor: View['next']) => Page, ask: AskForPage<View, Page>) {
    this.#choice = first;
    this.#pageOf = pageOf;
    this.#ask = ask;
  }

  /** Starts; answers how to stop. */
  start = (): (() => void) => {
    void this.read();
    return () => {
      this.#epoch += 1;
      this.#readAfter(null);
    };
  };

  /** What is known now: the same object until something changes. */
  known = (): KnownPage<View, Choice> => this.#known;

  /** Calls `listener` after each change; answers how to stop it. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Lists others, or the same in another order, from the first page. */
  choose = (more: Partial<Choice>): void => {
    const choice = { ...this.#choice, ...more };
    if (JSON.stringify(this.#pageOf(choice, null)) === JSON.stringify(this.#pageOf(this.#choice, null))) {
      return;
    }
    this.#choice = choice;
    this.#turn([null]);
  };

  /** Goes to the next page. */
  next = (): void => {
    if (this.#known.phase === 'ready' && this.#known.view.next !== null) {
      this.#turn([...this.#cursors, this.#known.view.next]);
    }
  };

  /** Goes to the page before. */
  previous = (): void => {
    if (this.#cursors.length > 1) {
      this.#turn(this.#cursors.slice(0, -1));
    }
  };

  /** Reads the present page again. */
  read = async (): Promise<void> => {
    this.#readAfter(null);
    this.#epoch += 1;
    const epoch = this.#epoch;
    const choice = this.#choice;
    const cursors = this.#cursors;
    const answer = await this.#ask(this.#pageOf(choice, cursors.at(-1) ?? null));
    if (epoch !== this.#epoch) {
      return;
    }
    if ('trouble' in answer) {
      this.#failed(answer.trouble);
      return;
    }
    const { view } = answer;
    this.#failures = 0;
    this.#readAfter(view.pollAfterMs);
    this.#set({ phase: 'ready', view, clock: setClock(view.now), choice, page: cursors.length, isTurning: false, stale: null });
  };

  #turn(cursors: Array<View['next']>): void {
    this.#cursors = cursors;
    if (this.#known.phase === 'ready') {
      this.#set({ ...this.#known, isTurning: true });
    }
    void this.read();
  }

  #failed(trouble: Trouble): void {
    // Storage takes the cursor of this page no more: the list begins anew.
    if (refusesCursor(trouble) && this.#cursors.length > 1) {
      this.#turn([null]);
      return;
    }
    if (this.#known.phase !== 'ready') {
      this.#set({ phase: 'failed', trouble });
      return;
    }
    this.#failures += 1;
    this.#set({ ...this.#known, isTurning: false, stale: trouble });
    this.#readAfter(passing(trouble) ? pause(this.#failures, trouble) : null);
  }

  #readAfter(ms: number | null): void {
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#readInSight);
    this.#timer = ms === null ? undefined : window.setTimeout(this.#readInSight, ms);
  }

  /** Reads once somebody looks: a page that is out of sight asks nothing. */
  #readInSight = (): void => {
    if (document.hidden) {
      document.addEventListener('visibilitychange', this.#readInSight, { once: true });
    } else {
      void this.read();
    }
  };

  #set(known: KnownPage<View, Choice>): void {
    this.#known = known;
    for (const listener of this.#listeners) {
      listener();
    }
  }
}

/** Whether the app refused a page for where it begins. */
export function refusesCursor(trouble: Trouble): boolean {
  return trouble.from === 'app' && trouble.error.code === 'invalidRequest';
}
