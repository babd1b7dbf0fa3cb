import { useCallback, useMemo, useRef, type RefObject } from 'react';

/** Where the focus goes when a dialog closes. */
export interface WayBack {
  /** Remembers what has the focus now: that opens the dialog. */
  readonly remember: () => void;
  /** For the dialog: what it was opened with or, where that is gone or cannot be used any more, what stands in for it. */
  readonly back: RefObject<HTMLElement>;
}

/**
 * Finds the way back from a dialog. What opened it may be gone with its row or card when it closes: then the page goes on from
 * `instead`, and not from a control that happens to be near. `instead` is looked up only then.
 */
export function useWayBack(instead: () => HTMLElement | null): WayBack {
  const opener = useRef<Element | null>(null);
  const latest = useRef(instead);
  latest.current = instead;
  const back = useMemo<RefObject<HTMLElement>>(
    () => ({
      get current() {
        const { current } = opener;
        return current instanceof HTMLElement && current.isConnected && !current.matches(':disabled') ? current : latest.current();
      },
    }),
    [],
  );
  const remember = useCallback(() => {
    opener.current = document.activeElement;
  }, []);
  return { remember, back };
}
