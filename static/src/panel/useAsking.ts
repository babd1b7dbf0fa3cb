import { useAskingBy, type AskingBy } from '../useAskingBy.ts';
import { usePanel } from './PanelContext.tsx';
import type { PanelRequest } from './Panel.ts';

/** A request that a control of the admin page makes. */
export type Asking = AskingBy<PanelRequest>;

/** Asks the app for one thing at a time, and remembers what went wrong. */
export function useAsking(): Asking {
  return useAskingBy<PanelRequest>(usePanel().ask);
}
