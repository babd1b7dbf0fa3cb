/**
 * What the Connections section knows of people, and how it keeps knowing it.
 */
import type { Answer, Trouble } from '../../api/door.ts';
import type { Connections, Label, Order, PageOfPeople } from '../../api/generated/api.ts';
import { passing, pause } from '../../panel/next.ts';
import { setClock, type AppClock } from '../../time.ts';

/** Which people are listed, and in which order. */
export interface Choice {
  readonly label: Label | null;
  readonly order: Order;
  readonly descending: boolean;
  /** The beginning of a name; empty for everybody. */
  readonly query: string;
}

/** Everybody, by name. */
export const EVERYBODY: Choice = { label: null, order: 'name', descending: false, query: '' };

/** What the section shows. */
export type KnownPeople =
  | { phase: 'loading' }
  | { phase: 'failed'; trouble: Trouble }
  | {
      phase: 'ready';
      connections: Connections;
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

/** Asks for one page. */
type AskForPage = (request: { type: 'connections'; page: PageOfPeople }) => Promise<Answer<{ type: 'connections'; page: PageOfPeople }>>;

/** The request for the page of a choice that begins at `cursor`. */
export function pageOf({ label, order, descending, query }: Choice, cursor: string | null): PageOfPeople {
  // The app finds the beginning of a name in the order of names, and in no other.
  const searched = query !== '';
  return {
    label,
    order: searched ? 'name' : order,
    descending: searched ? false : descending,
    query: searched ? query : null,
    cursor,
  };
}

/** Holds one page of people, turns pages, and reads the page again while the app says that something moves. */
export class PeopleList {
  readonly #ask: AskForPage;
  readonly #listeners = new Set<() => void>();
  #known: KnownPeople = { phase: 'loading' };
  #choice = EVERYBODY;
  /** Where each page up to the present one begins. */
  #cursors: Array<string | null> = [null];
  /** Rises with each request: only the latest one's answer is shown. */
  #epoch = 0;
  #timer: number | undefined;
  #failures = 0;

  constructor(ask: AskForPage) {
    this.#ask = ask;
  }

  /** Starts; answers how to stop. */
  start = (): (() => void) => {
    void this.read();
    return () => {
      this.#epoch += 1;
      clearTimeout(this.#timer);
    };
  };

  /** What is known now: the same object until something changes. */
  known = (): KnownPeople => this.#known;

  /** Calls `listener` after each change; answers how to stop it. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Lists others, or the same in another order, from the first page. */
  choose = (more: Partial<Choice>): void => {
    const choice = { ...this.#choice, ...more };
    if (JSON.stringify(pageOf(choice, null)) === JSON.stringify(pageOf(this.#choice, null))) {
      return;
    }
    this.#choice = choice;
    this.#turn([null]);
  };

  /** Goes to the next page. */
  next = (): void => {
    if (this.#known.phase === 'ready' && this.#known.connections.next !== null) {
      this.#turn([...this.#cursors, this.#known.connections.next]);
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
    clearTimeout(this.#timer);
    this.#epoch += 1;
    const epoch = this.#epoch;
    const choice = this.#choice;
    const cursors = this.#cursors;
    const answer = await this.#ask({ type: 'connections', page: pageOf(choice, cursors.at(-1) ?? null) });
    if (epoch !== this.#epoch) {
      return;
    }
    if ('trouble' in answer) {
      this.#failed(answer.trouble);
      return;
    }
    const { connections } = answer.reply;
    this.#failures = 0;
    this.#readAfter(connections.pollAfterMs);
    const clock = setClock(connections.now);
    this.#set({ phase: 'ready', connections, clock, choice, page: cursors.length, isTurning: false, stale: null });
  };

  #turn(cursors: Array<string | null>): void {
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
    this.#timer = ms === null ? undefined : window.setTimeout(() => void this.read(), ms);
  }

  #set(known: KnownPeople): void {
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
