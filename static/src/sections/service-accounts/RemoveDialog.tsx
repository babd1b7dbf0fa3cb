import type { ReactNode, RefObject } from 'react';
import type { EntryView, RegisterView } from '../../api/generated/api.ts';
import { removal as words, testLink, type Told } from '../../messages.ts';
import { useAsking } from '../../panel/useAsking.ts';
import { Say } from '../../phrase.tsx';
import { ConfirmDialog } from '../ConfirmDialog.tsx';

/** What removing an account deletes and what it leaves, before it is done. */
export default function RemoveDialog({
  of,
  told,
  read,
  back,
  onClose,
  onGone,
  onRemoved,
}: {
  of: EntryView;
  told: Told;
  read: () => Promise<RegisterView | null>;
  /** Where the focus goes when it closes. */
  back: RefObject<HTMLElement>;
  onClose: () => void;
  /** Somebody else had removed it. */
  onGone: () => void;
  onRemoved: (register: RegisterView) => void;
}): ReactNode {
  const { asking, trouble, ask } = useAsking();
  const remove = async () => {
    if (of.revision === null) {
      onGone();
      return;
    }
    let first = false;
    const reply = await ask({ type: 'removeEntry', account: of.account.accountId, revision: of.revision }, (why) => {
      first = why.from === 'app' && why.error.code === 'conflict';
      return false;
    });
    if (reply !== null) {
      onRemoved(reply.register);
    } else if (first) {
      const register = await read();
      const there = register?.entries.find(({ account }) => account.accountId === of.account.accountId);
      if (register !== null && (there?.revision ?? null) === null) {
        onGone();
      }
    }
  };
  return (
    <ConfirmDialog
      title={<Say phrase={words.title(of.account)} />}
      button={words.button}
      cancel={words.cancel}
      isDangerous
      busy={asking !== null}
      trouble={trouble}
      told={told}
      back={back}
      onClose={onClose}
      onConfirm={() => void remove()}
    >
      <p>{words.what}</p>
      {of.held !== null && <p>{testLink.removal}</p>}
      {of.isMain && <p>{words.main}</p>}
    </ConfirmDialog>
  );
}
