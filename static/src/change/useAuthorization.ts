import { router } from '@forge/bridge';
import { useState } from 'react';
import type { Trouble } from '../api/door.ts';
import type { AccountId, ErrorCode, ReauthorizationPolicy, SessionKey, Timestamp } from '../api/generated/api.ts';
import { useAsking } from '../panel/useAsking.ts';
import { copyText } from './copyText.ts';

/** The authorization page of the change that the dialog follows. */
export interface Authorization {
  /**
   * Begins a change and opens its page; answers its name, or nothing when it did not begin. A refusal is shown, and
   * told to `onRefused` as well.
   */
  readonly begin: (
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
    begin: async (intended, insteadOf, policy, acknowledged, switchAt, onRefused) => {
      const reply = await ask({ type: 'beginChange', intended, insteadOf, policy, acknowledged, switchAt }, (refusal) => {
        if (refusal.from === 'app') {
          onRefused(refusal.error);
        }
        return false;
      });
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
    busy: asking !== null,
    trouble,
    forget,
    shown,
    copied,
  };
}
