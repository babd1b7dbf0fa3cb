import { useLayoutEffect, useRef, type RefObject } from 'react';

/**
 * When what the page shows changes with `view`, and the control that had the focus goes with it, gives the focus to
 * `place`: a screen reader and a keyboard go on from there instead of from the top of the page.
 */
export function useFocusKept(place: RefObject<HTMLElement>, view: string): void {
  const shown = useRef(view);
  useLayoutEffect(() => {
    if (shown.current === view) {
      return;
    }
    shown.current = view;
    if (focusIsNowhere()) {
      place.current?.focus();
    }
  }, [place, view]);
}

/** Whether no control has the focus, or one that cannot be used any more: the browser takes it from that a moment later. */
export function focusIsNowhere(): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body || activeElement.matches(':disabled');
}
