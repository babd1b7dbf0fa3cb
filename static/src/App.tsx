import { useState, type ReactNode } from 'react';
import styles from './App.module.css';
import { Navigation } from './Navigation.tsx';
import { PanelProvider } from './panel/PanelContext.tsx';
import { ReaderProvider } from './reader.tsx';
import { FIRST_SECTION, SECTIONS } from './sections.ts';

/** The admin page: the navigation and the section that is open. */
export function App(): ReactNode {
  const [open, setOpen] = useState(FIRST_SECTION.key);
  const { Content } = SECTIONS.find(({ key }) => key === open) ?? FIRST_SECTION;
  return (
    <ReaderProvider>
      <PanelProvider>
        <div className={styles.frame}>
          <Navigation sections={SECTIONS} open={open} onOpen={setOpen} />
          <main className={styles.content}>
            <Content />
          </main>
        </div>
      </PanelProvider>
    </ReaderProvider>
  );
}
