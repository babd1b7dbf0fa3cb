import { useLayoutEffect, useRef, type ReactNode } from 'react';

/** What appears in a dialog that scrolls, and is to be seen at once. */
export function InSight({
  takesFocus = false,
  children,
}: {
  /** Whether the focus goes to it, so that a keyboard and a screen reader go on from there. */
  takesFocus?: boolean;
  children: ReactNode;
}): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' });
    if (takesFocus) {
      place.current?.focus({ preventScroll: true });
    }
  }, [takesFocus]);
  return (
    <div ref={place} {...(takesFocus && { tabIndex: -1 })}>
      {children}
    </div>
  );
}
