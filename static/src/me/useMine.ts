import { useEffect, useState, useSyncExternalStore } from 'react';
import { useReader } from '../reader.tsx';
import { Mine, type KnownMe } from './Mine.ts';

/** Where the reader of the page stands. */
export function useMine(): { mine: Mine; known: KnownMe } {
  const { accountId } = useReader();
  const [mine] = useState(() => new Mine(accountId));
  useEffect(mine.start, [mine]);
  return { mine, known: useSyncExternalStore(mine.subscribe, mine.known) };
}
