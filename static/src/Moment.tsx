import type { ReactNode } from 'react';
import type { Timestamp } from './api/generated/api.ts';
import { useReader } from './reader.tsx';
import { moment } from './time.ts';

/** Words about a point in time, with the point itself for whoever wants it exactly. */
export function Moment({ at, children }: { at: Timestamp; children: ReactNode }): ReactNode {
  const { calendar } = useReader();
  return (
    <time dateTime={new Date(at).toISOString()} title={moment(at, calendar)}>
      {children}
    </time>
  );
}
