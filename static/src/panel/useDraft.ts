import { useCallback, useState } from 'react';
import type { Answer } from '../api/door.ts';
import type { Request } from '../api/generated/api.ts';
import { usePanel } from './PanelContext.tsx';

/** What somebody has entered in a form and not saved. */
export interface Entered<T> {
  readonly entered: T;
  readonly enter: (change: (before: T) => T) => void;
  /** Forgets it: it is saved, or taken back. */
  readonly drop: () => void;
  /** Asks by `through`, and forgets what was entered once it is answered, also where nobody looks at the form any more. */
  readonly saving: <Asked extends Request>(through: AskFor<Asked>) => AskFor<Asked>;
}

type AskFor<Asked extends Request> = <R extends Asked>(request: R) => Promise<Answer<R>>;

/**
 * Keeps what is entered in the form called `form` for as long as the page lives: whoever goes to another section, or
 * closes a dialog by a slip, finds it again. Until something is entered it is `nothing`.
 */
export function useDraft<T>(form: string, nothing: T): Entered<T> {
  const { drafts } = usePanel();
  // What a form keeps under its own name is of its own type.
  const kept = () => (drafts.has(form) ? (drafts.get(form) as T) : nothing);
  const [entered, setEntered] = useState(kept);
  const drop = useCallback(() => {
    drafts.delete(form);
    setEntered(nothing);
  }, [drafts, form, nothing]);
  return {
    entered,
    enter: (change) => {
      const next = change(kept());
      drafts.set(form, next);
      setEntered(next);
    },
    drop,
    saving: useCallback(
      (through) => async (request) => {
        const answer = await through(request);
        if ('reply' in answer) {
          drop();
        }
        return answer;
      },
      [drop],
    ),
  };
}
