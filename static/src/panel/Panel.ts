/**
 * What the panel knows, and how it keeps knowing it.
 */
import { ask, type Answer, type Trouble } from '../api/door.ts';
import type { Request, SessionKey, Status, Timestamp } from '../api/generated/api.ts';
import { setClock, type AppClock } from '../time.ts';
import { Continuer } from './Continuer.ts';
import { barred, continuation, passing, pause } from './next.ts';

/** What the sections show. */
export type Known =
  /** Nothing yet. */
  | { phase: 'loading' }
  /** Nothing, because the first request came to nothing or the person may not see anything. */
  | { phase: 'failed'; trouble: Trouble }
  /**
   * The latest status; `stale` says why it could not be renewed when it should have been, `held` why a change could not
   * be carried on when it was last tried.
   */
  | { phase: 'ready'; status: Status; clock: AppClock; stale: Trouble | null; held: Trouble | null };

/** What the controls of the admin page ask. */
export type PanelRequest = Exclude<Request, { type: 'status' }>;

/** A page that was out of sight for this long, in milliseconds, asks once when it is looked at again. */
const OUT_OF_SIGHT_MS = 60_000;

/** Holds the latest status, and asks again only while the app says that something is under way. */
export class Panel {
  /** What was entered in forms and is not saved, by the form's name. */
  readonly drafts = new Map<string, unknown>();
  #known: Known = { phase: 'loading' };
  readonly #listeners = new Set<() => void>();
  readonly #continuer = new Continuer(async (change) => {
    const answer = await this.ask({ type: 'continueChange', change });
    const trouble = 'trouble' in answer ? answer.trouble : null;
    if (this.#known.phase === 'ready') {
      this.#set({ ...this.#known, held: trouble });
    }
    return trouble;
  });
  /** Rises with each answer to a person's request: a reading that was begun before it may not overwrite it. */
  #epoch = 0;
  #watching: SessionKey | null = null;
  #pollTimer: number | undefined;
  #failedReadings = 0;
  #reading = false;
  #readAgain = false;
  #hiddenAt = 0;
  /** When the checks had been made that newer ones were asked for. */
  #renewed: Timestamp | null | undefined;

  /** Starts; answers how to stop. */
  start = (): (() => void) => {
    document.addEventListener('visibilitychange', this.#sightChanged);
    void this.#read();
    return () => {
      document.removeEventListener('visibilitychange', this.#sightChanged);
      this.#pollAfter(null);
      this.#continuer.stop();
    };
  };

  /** What is known now: the same object until something changes. */
  known = (): Known => this.#known;

  /** Calls `listener` after each change; answers how to stop it. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Names the change that a dialog follows. */
  watch = (change: SessionKey | null): void => {
    this.#watching = change;
  };

  /** Begins again, as a person who selects *Try again*. What is shown stays: another failure takes nothing away. */
  retry = async (): Promise<void> => {
    if (this.#known.phase === 'failed') {
      this.#set({ phase: 'loading' });
    }
    await this.#read();
  };

  /** Reads the status again: something that it tells of has changed elsewhere on the page. */
  lookAgain = (): void => void this.#read();

  /** Asks on a person's behalf, and takes the status that comes with the answer. */
  ask = async <R extends PanelRequest>(request: R): Promise<Answer<R>> => {
    const answer = await ask(request);
    if ('reply' in answer) {
      if ('status' in answer.reply) {
        this.#epoch += 1;
        this.#take(answer.reply.status);
      }
    } else if (barred(answer.trouble)) {
      this.#fail(answer.trouble);
    } else if (answer.trouble.from === 'app' && !looksOnly(request.type)) {
      // The app saw something that the panel does not show yet.
      void this.#read();
    }
    return answer;
  };

  #set(known: Known): void {
    this.#known = known;
    for (const listener of this.#listeners) {
      listener();
    }
  }

  #take(status: Status): void {
    this.#failedReadings = 0;
    const held = this.#known.phase === 'ready' && continuation(status) !== null ? this.#known.held : null;
    this.#set({ phase: 'ready', status, clock: setClock(status.now), stale: null, held });
    this.#pollAfter(status.pollAfterMs);
    this.#continuer.see(status);
  }

  #fail(trouble: Trouble): void {
    this.#pollAfter(null);
    this.#continuer.stop();
    this.#set({ phase: 'failed', trouble });
  }

  #pollAfter(ms: number | null): void {
    clearTimeout(this.#pollTimer);
    this.#pollTimer = ms === null ? undefined : window.setTimeout(() => void this.#read(), ms);
  }

  async #read(): Promise<void> {
    if (this.#reading) {
      this.#readAgain = true;
      return;
    }
    this.#reading = true;
    const epoch = this.#epoch;
    const answer = await ask({ type: 'status', watching: this.#watching });
    this.#reading = false;
    if (this.#readAgain) {
      this.#readAgain = false;
      void this.#read();
    } else if ('trouble' in answer) {
      this.#readingFailed(answer.trouble);
    } else if (epoch === this.#epoch) {
      this.#take(answer.reply.status);
      this.#renewChecks(answer.reply.status);
    }
  }

  /** Asks for new checks when the app finds the shown ones old: once, for should that fail, a click repeats it. */
  #renewChecks({ checkDue, health }: Status): void {
    const checkedAt = health?.checkedAt ?? null;
    if (checkDue && this.#renewed !== checkedAt) {
      this.#renewed = checkedAt;
      void this.ask({ type: 'checkNow' });
    }
  }

  #readingFailed(trouble: Trouble): void {
    if (this.#known.phase !== 'ready' || barred(trouble)) {
      this.#fail(trouble);
      return;
    }
    this.#failedReadings += 1;
    this.#set({ ...this.#known, stale: trouble });
    this.#pollAfter(passing(trouble) ? pause(this.#failedReadings, trouble) : null);
  }

  #sightChanged = (): void => {
    if (document.hidden) {
      this.#hiddenAt = performance.now();
    } else if (this.#pollTimer !== undefined || performance.now() - this.#hiddenAt > OUT_OF_SIGHT_MS) {
      void this.#read();
    }
  };
}

/** Whether a request of this kind changes nothing that the status shows, so that its refusal tells nothing new of it. */
function looksOnly(type: PanelRequest['type']): boolean {
  return LOOKING.includes(type);
}

const LOOKING: ReadonlyArray<PanelRequest['type']> = [
  'findAccounts',
  'connections',
  'rehearse',
  'rehearsal',
  'rehearsedProjects',
  'access',
  'findProjects',
  'requestAccess',
  'explain',
  'register',
  'receipts',
  'runs',
  'run',
  'shareRun',
  'runAgain',
  'integrations',
  'createIntegration',
  'changeIntegration',
  'switchIntegration',
  'removeIntegration',
  'otherSites',
  'findProjectsThere',
  'findPeopleThere',
  'pairs',
  'joinIssues',
  'partIssues',
  'tryPairAgain',
  'issueTypes',
  'tryIssuesAgain',
  'support',
  'grantSupport',
  'approveSupport',
  'declineSupport',
  'revokeSupport',
  'about',
];
