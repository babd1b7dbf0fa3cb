/**
 * Asks the app whether the person is to be prompted, and prompts them, in a flag.
 */
import { router, showFlag } from '@forge/bridge';
import { ask, type Trouble } from '../api/door.ts';
import type { AccountId, Announcement, Me, Prompt, Risk } from '../api/generated/api.ts';
import { announcement as announced } from '../messages/announcement.ts';
import { flag as words, REAUTHORIZE, risk as riskWords, riskFlag } from '../messages/reauthorize.ts';
import { passing, pause } from '../panel/next.ts';
import { tellSettled } from '../settled.ts';
import type { Calendar } from '../time.ts';
import { due, forgetUndelivered, keep, keepUndelivered, kept, risksWanted, risky, undelivered } from './answer.ts';

/** The flags have one name each, so that two frames of one page never show the same twice. */
const FLAG = 'integration-plus.reauthorize';
const RISK_FLAG = 'integration-plus.risk';
const ANNOUNCEMENT_FLAG = 'integration-plus.announcement';

/** The admin page, to which a risk leads. */
const ADMIN_PAGE = { target: 'module', moduleKey: 'integration-plus' } as const;

/** How often in a row it may fail to ask how the authorization gets on, before the person is told. */
const TRIES = 5;

/** A prompt that stood so long on a page that is looked at, in milliseconds, counts as read. */
const READ_MS = 2000;

/** What a flag shows. */
type FlagOptions = Parameters<typeof showFlag>[0];

/** One person in one frame. */
export class Prompter {
  readonly #account: AccountId;
  readonly #calendar: Calendar;
  #shown: { close: () => Promise<boolean | void> } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #reading: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;

  constructor(account: AccountId, calendar: Calendar) {
    this.#account = account;
    this.#calendar = calendar;
  }

  /** Asks the app, unless its last answer still holds. */
  look = async (): Promise<void> => {
    const now = Date.now();
    let last;
    try {
      last = kept(this.#account);
      const left = undelivered(this.#account, now);
      if (left !== null) {
        if (this.#shown === null) {
          this.#prompt(left);
        } else {
          this.#countAsRead();
        }
      }
      if (!due(last, now)) {
        return;
      }
      // Before the answer: another frame that begins at this moment must not ask too. And should none come, nobody asks
      // again and again while the app is down.
      const noAdministratorAt = last?.noAdministratorAt ?? null;
      keep(this.#account, { askedAt: now, askAgainAt: now, noAdministratorAt, risk: last?.risk ?? null });
    } catch {
      // This browser keeps nothing for frames, so each issue would cost an invocation. The pages of the app ask instead.
      return;
    }
    const risks = risksWanted(last, now);
    const answer = await ask({ type: 'prompt', risks });
    if ('trouble' in answer) {
      return;
    }
    const { prompt, announcement, risk, administrator, askAgainAt } = answer.reply;
    const warns = risk !== null && risky(last, risk, now);
    keep(this.#account, {
      askedAt: now,
      askAgainAt,
      noAdministratorAt: administrator === false ? now : risks ? null : (last?.noAdministratorAt ?? null),
      risk: warns ? { type: risk.type, shownAt: now } : (last?.risk ?? null),
    });
    if (prompt !== null) {
      keepUndelivered(this.#account, prompt, now);
      this.#prompt(prompt);
    }
    if (announcement !== null) {
      this.#announce(announcement);
    }
    if (warns) {
      this.#warn(risk);
    }
  };

  /** Somebody else dealt with it: what is shown here goes. */
  settle = (): void => {
    clearTimeout(this.#timer);
    this.#dealtWith();
    void this.#close();
  };

  /** The prompt needs to be shown no more. */
  #dealtWith(): void {
    clearTimeout(this.#reading);
    forgetUndelivered(this.#account);
  }

  #countAsRead(): void {
    clearTimeout(this.#reading);
    this.#reading = setTimeout(() => {
      // Behind another tab nobody reads it: it counts anew when the page is looked at.
      if (!document.hidden) {
        this.#dealtWith();
      }
    }, READ_MS);
  }

  #prompt(prompt: Prompt): void {
    this.#countAsRead();
    void this.#show({
      id: FLAG,
      type: 'warning',
      title: words.title,
      description: words.text(prompt, this.#told()),
      actions: [
        { text: REAUTHORIZE, onClick: () => void this.#authorize() },
        { text: words.tomorrow, onClick: () => void this.#snooze() },
      ],
    });
  }

  /** Tells of a scheduled change, on this page and on later ones, until it has stood before the person. */
  #announce(announcement: Announcement): void {
    let read = false;
    const heed = () => {
      if (!read && !document.hidden) {
        read = true;
        // Should this fail, it is told once more.
        void ask({ type: 'readAnnouncement', change: announcement.change });
      }
    };
    const shown = showFlag({
      id: ANNOUNCEMENT_FLAG,
      type: 'info',
      title: announced.title,
      description: announced.text(announcement, this.#calendar),
      actions: [
        {
          text: announced.read,
          onClick: () => {
            void shown.close();
            heed();
          },
        },
      ],
    });
    setTimeout(heed, READ_MS);
  }

  #warn(risk: Risk): void {
    const { title, text, next } = riskWords(risk, this.#told());
    const shown = showFlag({
      id: RISK_FLAG,
      type: appearance(risk),
      title,
      description: `${text} ${next}`,
      actions: [
        {
          text: riskFlag.open,
          onClick: () => {
            void shown.close();
            router.navigate(ADMIN_PAGE).catch(() => undefined);
          },
        },
      ],
    });
  }

  async #authorize(): Promise<void> {
    this.#dealtWith();
    const answer = await ask({ type: 'authorize' });
    if ('trouble' in answer) {
      this.#failed(answer.trouble);
      return;
    }
    const { url, me } = answer.reply;
    const opened = await router.open(url).then(
      () => true,
      () => false,
    );
    await this.#show(opened ? { id: FLAG, type: 'info', title: words.waitingTitle, description: words.waiting } : this.#notOpened(url));
    this.#follow(me);
  }

  #notOpened(url: string): FlagOptions {
    return {
      id: FLAG,
      type: 'warning',
      title: words.notOpenedTitle,
      description: words.notOpened,
      actions: [{ text: words.openPage, onClick: () => void router.open(url).catch(() => undefined) }],
    };
  }

  async #snooze(): Promise<void> {
    this.#dealtWith();
    await this.#close();
    tellSettled(this.#account);
    const answer = await ask({ type: 'snooze' });
    if ('trouble' in answer) {
      this.#failed(answer.trouble);
    }
  }

  /** Asks on while the app says that the authorization is under way, and tells how it ended. */
  #follow(me: Me): void {
    clearTimeout(this.#timer);
    if (me.pollAfterMs !== null) {
      this.#timer = setTimeout(() => void this.#askOn(), me.pollAfterMs);
      return;
    }
    switch (me.consent?.type) {
      case undefined:
        tellSettled(this.#account);
        void this.#show({
          id: FLAG,
          type: 'success',
          title: words.doneTitle,
          description: me.held === null ? words.done : words.doneHeld(me.held.issueKey),
          isAutoDismiss: me.held === null,
        });
        return;
      case 'wrongAccount':
        this.#stopped(words.wrongAccount(me.consent.allowed.displayName));
        return;
      case 'denied':
        this.#stopped(words.denied);
        return;
      case 'expired':
        this.#stopped(words.expired);
        return;
      case 'awaiting':
      case 'verifying':
        // The app says that nothing moves: then there is nothing to wait for.
        return;
    }
  }

  async #askOn(): Promise<void> {
    const answer = await ask({ type: 'me' });
    if ('reply' in answer) {
      this.#failures = 0;
      this.#follow(answer.reply.me);
    } else if (passing(answer.trouble) && this.#failures < TRIES) {
      this.#failures += 1;
      this.#timer = setTimeout(() => void this.#askOn(), pause(this.#failures, answer.trouble));
    } else {
      this.#failed(answer.trouble);
    }
  }

  #stopped(description: string): void {
    void this.#show({ id: FLAG, type: 'warning', title: words.stoppedTitle, description, actions: [this.#again()] });
  }

  #failed(trouble: Trouble): void {
    const code = trouble.from === 'door' ? `door/${trouble.silence}` : `app/${trouble.error.code}`;
    void this.#show({ id: FLAG, type: 'error', title: words.failedTitle, description: words.failed(code), actions: [this.#again()] });
  }

  #again(): { text: string; onClick: () => void } {
    return { text: REAUTHORIZE, onClick: () => void this.#authorize() };
  }

  /** One flag takes the place of another only once that is gone: Jira shows no second one of the same name. */
  async #show(options: FlagOptions): Promise<void> {
    await this.#close();
    this.#shown = showFlag(options);
  }

  async #close(): Promise<void> {
    const shown = this.#shown;
    this.#shown = null;
    await shown?.close().catch(() => undefined);
  }

  #told(): { now: number; calendar: Calendar } {
    return { now: Date.now(), calendar: this.#calendar };
  }
}

/** How a risk looks: as what is broken, as what is about to break, or as what merely waits. */
function appearance(risk: Risk): 'error' | 'warning' | 'info' {
  switch (risk.type) {
    case 'disconnected':
      return 'error';
    case 'allowedByLink':
      return 'info';
    case 'clientSecretRejected':
    case 'idlesOut':
    case 'webhooksExpire':
    case 'notAdministrator':
    case 'noProductAccess':
    case 'scopesMissing':
    case 'registerDue':
    case 'scheduleStopped':
    case 'testsFailed':
      return 'warning';
  }
}
