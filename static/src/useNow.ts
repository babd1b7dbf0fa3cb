import { useEffect, useState } from 'react';
import type { Timestamp } from './api/generated/api.ts';
import { nowBy, type AppClock } from './time.ts';

/** What the app's clock shows, read again every `everyMs` milliseconds. */
export function useNow(clock: AppClock, everyMs: number): Timestamp {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return nowBy(clock);
}
