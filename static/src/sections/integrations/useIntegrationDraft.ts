import { useState } from 'react';
import type { IntegrationView, Timestamp } from '../../api/generated/api.ts';
import { useDraft, type Entered } from '../../panel/useDraft.ts';
import { draftOf, NEW, type Draft } from './draft.ts';

/** What is entered and not saved, and over which state of the integration; a new one has none. */
interface Typed {
  readonly draft: Draft;
  readonly seen: Timestamp | null;
}

/** An integration that is being entered. */
export interface EnteringIntegration extends Pick<Entered<Typed | null>, 'drop' | 'saving'> {
  readonly draft: Draft;
  readonly edit: (more: Partial<Draft>) => void;
  /** When the integration was changed that is edited, as whoever edits it saw it. */
  readonly seen: Timestamp | null;
  /** Whether something stands here that was entered before the dialog was closed, and not saved. */
  readonly isKept: boolean;
  /** Whether that was entered over a state that is not the latest any more. */
  readonly isOutdated: boolean;
}

/** Enters an integration. What is entered outlives that the dialog is closed. */
export function useIntegrationDraft(of: IntegrationView | null): EnteringIntegration {
  const { entered, enter, drop, saving } = useDraft<Typed | null>(`integration ${of?.id ?? ''}`, null);
  const [before] = useState<Typed>(() => (of === null ? { draft: NEW, seen: null } : { draft: draftOf(of), seen: of.changedAt }));
  const [wasKept] = useState(entered !== null && JSON.stringify(entered) !== JSON.stringify(before));
  const [isDropped, setIsDropped] = useState(false);
  const { draft, seen } = entered ?? before;
  const isKept = wasKept && !isDropped;
  return {
    draft,
    edit: (more) =>
      enter((was) => {
        const typed = was ?? before;
        return { ...typed, draft: { ...typed.draft, ...more } };
      }),
    seen,
    isKept,
    isOutdated: isKept && seen !== before.seen,
    drop: () => {
      drop();
      setIsDropped(true);
    },
    saving,
  };
}
