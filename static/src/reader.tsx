/**
 * Who reads the page, as far as Jira tells it.
 */
import type { FullContext } from '@forge/bridge';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import type { AccountId } from './api/generated/api.ts';
import { calendarFor, PLAIN_CALENDAR, type Calendar } from './time.ts';

/** The reader of the page. */
export interface Reader {
  /** Their account, when Jira names it. It only words an explanation: what they may do, the app decides. */
  readonly accountId: AccountId | null;
  readonly calendar: Calendar;
}

const STRANGER: Reader = { accountId: null, calendar: PLAIN_CALENDAR };

const ReaderContext = createContext<Reader>(STRANGER);

/** Tells the parts of the page who reads it. */
export function ReaderProvider({ context, children }: { context: FullContext; children: ReactNode }): ReactNode {
  const { accountId, locale, timezone } = context;
  const reader = useMemo(
    () => ({ accountId: accountId ?? null, calendar: calendarFor(locale, timezone) }),
    [accountId, locale, timezone],
  );
  return <ReaderContext.Provider value={reader}>{children}</ReaderContext.Provider>;
}

/** The reader of the page. */
export function useReader(): Reader {
  return useContext(ReaderContext);
}
