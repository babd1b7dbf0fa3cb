/**
 * Who reads the page, as far as Jira tells it.
 */
import { view } from '@forge/bridge';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
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

/** Asks Jira about the reader. Until it answers, or when it does not, the page is worded for anybody. */
export function ReaderProvider({ children }: { children: ReactNode }): ReactNode {
  const [reader, setReader] = useState(STRANGER);
  useEffect(() => {
    view.getContext().then(
      ({ accountId, locale, timezone }) =>
        setReader({ accountId: accountId ?? null, calendar: calendarFor(locale, timezone) }),
      () => setReader(STRANGER),
    );
  }, []);
  return <ReaderContext.Provider value={reader}>{children}</ReaderContext.Provider>;
}

/** The reader of the page. */
export function useReader(): Reader {
  return useContext(ReaderContext);
}
