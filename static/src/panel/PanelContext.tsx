import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { Panel, type Known } from './Panel.ts';

const PanelContext = createContext<Panel | null>(null);

/** Gives the parts of the page one {@link Panel}. */
export function PanelProvider({ children }: { children: ReactNode }): ReactNode {
  const [panel] = useState(() => new Panel());
  useEffect(panel.start, [panel]);
  return <PanelContext.Provider value={panel}>{children}</PanelContext.Provider>;
}

/** The page's panel. */
export function usePanel(): Panel {
  const panel = useContext(PanelContext);
  if (panel === null) {
    throw new Error('usePanel needs a PanelProvider around it');
  }
  return panel;
}

/** What the panel knows now. */
export function useKnown(): Known {
  const panel = usePanel();
  return useSyncExternalStore(panel.subscribe, panel.known);
}
