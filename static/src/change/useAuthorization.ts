import { router } from '@forge/bridge';
import { useState } from 'react';
import type { Trouble } from '../api/door.ts';
import type { AccountId, ErrorCode, ReauthorizationPolicy, SessionKey, Timestamp } from '../api/generated/api.ts';
import { useAsking } from '../panel/useAsking.ts';
import { copyText } from './copyText.ts';

/** Who selects *Allow*: whoever is here, or somebody else who is sent a link. */
export type Way = 'here' | 'handedOff';

/** The authorization page of the change that the dialog follows. */
export interface Authorization {
  /**
   * Begins a change and opens its page, or shows its link; answers its name, or nothing when it did not begin. A refusal
   * is shown, and told to `onRefused` as well.
   */
  readonly begin: (
    way: Way,
    intended: AccountId,
    insteadOf: SessionKey | null,
    policy: ReauthorizationPolicy | null,
    acknowledged: string | null,
    switchAt: Timestamp | null,
    onRefused: (error: ErrorCode) => void,
  ) => Promise<SessionKey | null>;
  /** Opens the page again. */
  readonly reopen: (change: SessionKey) => Promise<void>;
  /** Copies the page's address. */
  readonly copy: (change: SessionKey) => Promise<void>;
  /** Makes another link for a change that is handed off. */
  readonly renew: (change: SessionKey) => Promise<void>;
  /** The link for somebody else: the app tells it once. */
  readonly link: { change: SessionKey; url: string } | null;
  /** The way in which a change is being begun, while it is. */
  readonly beginning: Way | null;
  /** Whether a request is out. */
  readonly busy: boolean;
  /** Why the last request came to nothing. */
  readonly trouble: Trouble | null;
  /** Takes the trouble from view. */
  readonly forget: () => void;
  /** The page's address, to be shown because the browser refused to open or copy it. */
  readonly shown: { url: string; because: 'notOpened' | 'notCopied' } | null;
  /** Whether the address was copied just now. */
  readonly copied: boolean;
}

/** Opens and copies authorization pages. */
export function useAuthorization(): Authorization {
  const { ask, asking, trouble, forget } = useAsking();
  const [page, setPage] = useState<{ change: SessionKey; url: string } | null>(null);
  const [shown, setShown] = useState<Authorization['shown']>(null);
  const [copied, setCopied] = useState(false);
  const [link, setLink] = useState<Authorization['link']>(null);

  const shownOnce = (made: { change: SessionKey; link: string }): SessionKey => {
    setLink({ change: made.change, url: made.link });
    return made.change;
  };

  const open = (url: string) => {
    setShown(null);
    setCopied(false);
    router.open(url).catch(() => setShown({ url, because: 'notOpened' }));
  };

  // An address that is known is used without asking: a browser opens and copies only right after a click.
  const addressOf = async (change: SessionKey): Promise<string | null> => {
    if (page?.change === change) {
      return page.url;
    }
    const reply = await ask({ type: 'reopenAuthorization', change });
    if (reply === null) {
      return null;
    }
    setPage({ change, url: reply.url });
    return reply.url;
  };

  return {
    begin: async (way, intended, insteadOf, policy, acknowledged, switchAt, onRefused) => {
      const told = (refusal: Trouble) => {
        if (refusal.from === 'app') {
          onRefused(refusal.error);
        }
        return false;
      };
      if (way === 'handedOff') {
        const reply = await ask({ type: 'handOffChange', intended, insteadOf, policy, acknowledged, switchAt }, told);
        return reply === null ? null : shownOnce(reply);
      }
      const reply = await ask({ type: 'beginChange', intended, insteadOf, policy, acknowledged, switchAt }, told);
      if (reply === null) {
        return null;
      }
      open(reply.url);
      setPage({ change: reply.change, url: reply.url });
      return reply.change;
    },
    reopen: async (change) => {
      const url = await addressOf(change);
      if (url !== null) {
        open(url);
      }
    },
    copy: async (change) => {
      const url = await addressOf(change);
      if (url === null) {
        return;
      }
      const done = await copyText(url);
      setCopied(done);
      setShown(done ? null : { url, because: 'notCopied' });
    },
    renew: async (change) => {
      const reply = await ask({ type: 'renewHandOff', change });
      if (reply !== null) {
        shownOnce(reply);
      }
    },
    link,
    beginning: asking === 'beginChange' ? 'here' : asking === 'handOffChange' ? 'handedOff' : null,
    busy: asking !== null,
    trouble,
    forget,
    shown,
    copied,
  };
}
