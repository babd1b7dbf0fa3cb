import { useMemo, useState } from 'react';
import type { Trouble } from '../../api/door.ts';
import type { Account, Candidate, EntryView, Field, RegisterView, Timestamp } from '../../api/generated/api.ts';
import { usePanel } from '../../panel/PanelContext.tsx';
import type { PanelRequest } from '../../panel/Panel.ts';
import { useDraft } from '../../panel/useDraft.ts';
import { useAskingBy } from '../../useAskingBy.ts';
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

/** What is typed and not saved: for which account, and over which revision of its entry. */
interface Typed {
  readonly draft: Draft;
  readonly chosen: Candidate | null;
  readonly revision: number | null;
}

/** An entry that is being typed. */
export interface Editing {
  readonly draft: Draft;
  readonly edit: (more: Partial<Draft>) => void;
  /** The account that an entry is added for. */
  readonly chosen: Candidate | null;
  readonly choose: (candidate: Candidate | null) => void;
  /** Whether something stands here that was typed before the form was closed, and not saved. */
  readonly isKept: boolean;
  /** Takes back what is typed. */
  readonly drop: () => void;
  /** The fields that were not taken, in the order of the form. */
  readonly wrong: readonly Field[];
  readonly overtaken: Overtaken | null;
  /** Puts what is there now in the place of what was typed. */
  readonly takeTheirs: () => void;
  readonly saving: boolean;
  readonly trouble: Trouble | null;
  /**
   * Saves it; answers the register, or nothing when it was not saved, as where no account is chosen. `unread` are fields
   * whose text the browser cannot read.
   */
  readonly save: (
    account: Account | null,
    now: Timestamp,
    unread: readonly Field[],
  ) => Promise<{ register: RegisterView } | { wrong: readonly Field[] } | null>;
}

const NO_FIELD: readonly Field[] = [];

/** Types an entry, and saves it over nothing but what was on the screen. What is typed outlives that the form is closed. */
export function useEntry(of: EntryView | null, read: () => Promise<RegisterView | null>): Editing {
  const panel = usePanel();
  const { entered, enter, drop, saving } = useDraft<Typed | null>(`entry ${of?.account.accountId ?? ''}`, null);
  const { asking, trouble, ask, forget } = useAskingBy<PanelRequest>(useMemo(() => saving<PanelRequest>(panel.ask), [saving, panel]));
  const [before] = useState<Typed>(() => ({ draft: draftOf(of?.details ?? null), chosen: null, revision: of?.revision ?? null }));
  const [isKept, setIsKept] = useState(entered !== null && JSON.stringify(entered) !== JSON.stringify(before));
  const typed = entered ?? before;
  const [revision, setRevision] = useState(typed.revision);
  const [wrong, setWrong] = useState(NO_FIELD);
  const [overtaken, setOvertaken] = useState<Overtaken | null>(null);
  const [reading, setReading] = useState(false);

  const type = (change: (was: Typed) => Typed) => enter((was) => ({ ...change(was ?? before), revision }));

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
    enter((was) => ({ ...(was ?? before), revision: there }));
  };

  return {
    draft: typed.draft,
    edit: (more) => {
      type((was) => ({ ...was, draft: { ...was.draft, ...more } }));
      setWrong((fields) => fields.filter((field) => !(field in more)));
    },
    chosen: typed.chosen,
    choose: (chosen) => type((was) => ({ ...was, chosen })),
    isKept,
    drop: () => {
      drop();
      setIsKept(false);
      setRevision(before.revision);
      setWrong(NO_FIELD);
      setOvertaken(null);
      forget();
    },
    wrong,
    overtaken,
    takeTheirs: () => {
      type((was) => ({ ...was, draft: draftOf(overtaken?.how === 'changed' ? overtaken.now.details : null) }));
      setOvertaken(null);
      forget();
    },
    saving: asking !== null || reading,
    trouble,
    save: async (account, now, unread) => {
      const read = detailsOf(typed.draft, now, unread);
      setWrong('wrong' in read ? read.wrong : NO_FIELD);
      if ('wrong' in read) {
        return read;
      }
      if (account === null) {
        return null;
      }
      let refused: Field | null = null;
      let first = false;
      const reply = await ask({ type: 'saveEntry', account: account.accountId, details: read.details, revision }, (why) => {
        refused = why.from === 'app' && why.error.code === 'entryRefused' ? why.error.field : null;
        first = why.from === 'app' && why.error.code === 'conflict';
        return refused !== null || first;
      });
      if (reply !== null) {
        return { register: reply.register };
      }
      if (refused !== null) {
        setWrong([refused]);
        return { wrong: [refused] };
      }
      if (first) {
        await seeTheirs(account);
      }
      return null;
    },
  };
}
