import { useEffect, useState, useSyncExternalStore } from 'react';
import type { AccountId } from '../api/generated/api.ts';
import { usePanel } from '../panel/PanelContext.tsx';
import { Rehearser, type KnownRehearsal } from './Rehearser.ts';

/** Rehearses a change to `account` for as long as somebody looks. Another account needs another component. */
export function useRehearser(account: AccountId): { rehearser: Rehearser; known: KnownRehearsal } {
  const { ask } = usePanel();
  const [rehearser] = useState(() => new Rehearser(ask, account));
  useEffect(rehearser.start, [rehearser]);
  return { rehearser, known: useSyncExternalStore(rehearser.subscribe, rehearser.known) };
}
