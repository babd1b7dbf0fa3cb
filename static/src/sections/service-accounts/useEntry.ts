import { useState } from 'react';
import type { Trouble } from '../../api/door.ts';
import type { Account, EntryView, Field, RegisterView } from '../../api/generated/api.ts';
import { useAsking } from '../../panel/useAsking.ts';
import { detailsOf, draftOf, type Draft } from './draft.ts';

/** What somebody else did while an entry was typed. */
export type Overtaken =
  /** They changed it: this is what is there now. */
  | { how: 'changed'; now: EntryView }
  | { how: 'removed' }
  /** They changed another one at the same moment. */
  | { how: 'elsewhere' }
  /** What is there now could not be read. */
  | { how: 'unread' };

/** An entry that is being typed. */
export interface Editing {
  readonly draft: Draft;
  readonly edit: (more: Partial<Draft>) => void;
  /** The field that was not taken, if one was not. */
  readonly wrong: Field | null;
  readonly overtaken: Overtaken | null;
  /** Puts what is there now in the place of what was typed. */
  readonly takeTheirs: () => void;
  readonly saving: boolean;
  readonly trouble: Trouble | null;
  /** Saves it; answers the register, or nothing when it was not saved. `unread` is a field whose text the browser cannot read. */
  readonly save: (account: Account, unread: Field | null) => Promise<{ register: RegisterView } | { wrong: Field } | null>;
}

/** Types an entry, and saves it over nothing but what was on the screen. */
export function useEntry(of: EntryView | null, read: () => Promise<RegisterView | null>): Editing {
  const { asking, trouble, ask, forget } = useAsking();
  const [draft, setDraft] = useState(() => draftOf(of?.details ?? null));
  const [revision, setRevision] = useState(of?.revision ?? null);
  const [wrong, setWrong] = useState<Field | null>(null);
  const [overtaken, setOvertaken] = useState<Overtaken | null>(null);
  const [reading, setReading] = useState(false);

  const seeTheirs = async (account: Account) => {
    setReading(true);
    const register = await read();
    setReading(false);
    if (register === null) {
      setOvertaken({ how: 'unread' });
      return;
    }
    const now = register.entries.find((entry) => entry.account.accountId === account.accountId);
    const there = now?.revision ?? null;
    if (there === revision) {
      setOvertaken({ how: 'elsewhere' });
    } else {
      setOvertaken(now === undefined || there === null ? { how: 'removed' } : { how: 'changed', now });
    }
    // From here on, whoever saves has seen what is there.
    setRevision(there);
  };

  return {
    draft,
    edit: (more) => {
      setDraft((before) => ({ ...before, ...more }));
      setWrong(null);
    },
    wrong,
    overtaken,
    takeTheirs: () => {
      setDraft(draftOf(overtaken?.how === 'changed' ? overtaken.now.details : null));
      setOvertaken(null);
      forget();
    },
    saving: asking !== null || reading,
    trouble,
    save: async (account, unread) => {
      const typed = unread === null ? detailsOf(draft) : { wrong: unread };
      if ('wrong' in typed) {
        setWrong(typed.wrong);
        return typed;
      }
      let refused: Field | null = null;
      let first = false;
      const reply = await ask({ type: 'saveEntry', account: account.accountId, details: typed.details, revision }, (why) => {
        refused = why.from === 'app' && why.error.code === 'entryRefused' ? why.error.field : null;
        first = why.from === 'app' && why.error.code === 'conflict';
        return refused !== null || first;
      });
      if (reply !== null) {
        return { register: reply.register };
      }
      if (refused !== null) {
        setWrong(refused);
        return { wrong: refused };
      }
      if (first) {
        await seeTheirs(account);
      }
      return null;
    },
  };
}
