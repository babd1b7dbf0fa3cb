/**
 * Word among a person's tabs and frames that where they stand has changed: what asks them for something looks again.
 */
import { events } from '@forge/bridge';
import type { AccountId } from './api/generated/api.ts';

const NAME = 'integration-plus.settled';

/** This frame, so that it does not hear itself. */
const HERE = crypto.randomUUID();

function key(account: AccountId): string {
  return `${NAME}.${account}`;
}

/** Tells the person's other tabs, and the other frames of this page. */
export function tellSettled(account: AccountId): void {
  try {
    localStorage.setItem(key(account), `${HERE} ${Date.now()}`);
  } catch {
    // A browser that keeps nothing for frames: the frames of this page are told all the same.
  }
  events.emit(NAME, { account, from: HERE }).catch(() => undefined);
}

/** When that was last told in this browser, in milliseconds since 1970-01-01T00:00:00Z; 0 if never. Throws when it keeps nothing. */
export function settledAt(account: AccountId): number {
  return Number(localStorage.getItem(key(account))?.split(' ')[1] ?? 0) || 0;
}

/** Calls `listener` when another tab or frame of this person tells so; answers how to stop it. */
export function hearSettled(account: AccountId, listener: () => void): () => void {
  const stored = (event: StorageEvent) => {
    if (event.key === key(account)) {
      listener();
    }
  };
  addEventListener('storage', stored);
  const subscription = events.on(NAME, (payload?: { account?: unknown; from?: unknown }) => {
    if (payload?.account === account && payload.from !== HERE) {
      listener();
    }
  });
  subscription.catch(() => undefined);
  return () => {
    removeEventListener('storage', stored);
    subscription.then(
      ({ unsubscribe }) => unsubscribe(),
      () => undefined,
    );
  };
}
