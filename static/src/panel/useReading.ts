import { useCallback, useEffect, useRef, useState } from 'react';
import type { Trouble } from '../api/door.ts';
import { passing, pause } from './next.ts';

/** How often a page is asked for again by itself before a person is told. */
const TRIES = 3;

/** What one page came to. */
export type Page<T> =
  /** What is read by now, and whether there is more. */
  | { kept: T; more: boolean }
  /** It was not read; `kept` where what was read before must change for that. */
  | { trouble: Trouble; kept?: T };

/** How far a reading is, and what is read by now. */
export type Reading<T> =
  | { phase: 'reading'; kept: T }
  /** It stopped, by hand where there is no trouble; what was read is kept. */
  | { phase: 'stopped'; kept: T; trouble: Trouble | null }
  | { phase: 'done'; kept: T };

/**
 * Reads page after page with `read`, which is given what is read by now, until it is done, is stopped, or nobody looks any
 * more. A page that fails for a passing cause is asked for again.
 */
export function useReading<T>(begin: T, read: (kept: T) => Promise<Page<T>>): { reading: Reading<T>; stop: () => void; goOn: () => void } {
  const kept = useRef(begin);
  const [reading, setReading] = useState<Reading<T>>({ phase: 'reading', kept: begin });
  const [attempt, setAttempt] = useState(0);
  /** Rises when a reading is not wanted any more. */
  const epoch = useRef(0);

  useEffect(() => {
    epoch.current += 1;
    const mine = epoch.current;
    const go = async () => {
      let failures = 0;
      while (mine === epoch.current) {
        const page = await read(kept.current);
        if (mine !== epoch.current) {
          return;
        }
        kept.current = page.kept ?? kept.current;
        if ('trouble' in page) {
          failures += 1;
          if (failures >= TRIES || !passing(page.trouble)) {
            setReading({ phase: 'stopped', kept: kept.current, trouble: page.trouble });
            return;
          }
          await new Promise((resolve) => setTimeout(resolve, pause(failures, page.trouble)));
          continue;
        }
        failures = 0;
        setReading({ phase: page.more ? 'reading' : 'done', kept: kept.current });
        if (!page.more) {
          return;
        }
      }
    };
    void go();
    return () => {
      epoch.current += 1;
    };
  }, [read, attempt]);

  return {
    reading,
    stop: useCallback(() => {
      epoch.current += 1;
      setReading({ phase: 'stopped', kept: kept.current, trouble: null });
    }, []),
    goOn: () => {
      setReading({ phase: 'reading', kept: kept.current });
      setAttempt(attempt + 1);
    },
  };
}
