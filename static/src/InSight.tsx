import { useLayoutEffect, useRef, type ReactNode } from 'react';

/** What appears in a dialog that scrolls, and is to be seen at once. */
export function InSight({ children }: { children: ReactNode }): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return <div ref={place}>{children}</div>;
}
