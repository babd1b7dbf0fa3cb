import { useEffect, useRef, type ReactNode } from 'react';
import type { Trouble } from '../api/door.ts';
import type { Told } from '../messages.ts';
import { TroubleNotice } from '../TroubleNotice.tsx';

/** A trouble in a long view: the control that met it stands below what scrolls, so the words are brought into sight. */
export function TroubleInSight({ trouble, told }: { trouble: Trouble; told: Told }): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' });
  }, [trouble]);
  return (
    <div ref={place}>
      <TroubleNotice trouble={trouble} told={told} headingLevel="h3" />
    </div>
  );
}
