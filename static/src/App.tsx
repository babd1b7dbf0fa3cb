import { Suspense, useState, type ReactNode } from 'react';
import styles from './App.module.css';
import { Breakdown } from './Breakdown.tsx';
import { Navigation } from './Navigation.tsx';
import { PanelProvider, useKnown } from './panel/PanelContext.tsx';
import { FIRST_SECTION, SECTIONS } from './sections.ts';

/** The admin page: the navigation and the section that is open. */
export default function App(): ReactNode {
  return (
    <PanelProvider>
      <Frame />
    </PanelProvider>
  );
}

function Frame(): ReactNode {
  const known = useKnown();
  const [open, setOpen] = useState(FIRST_SECTION.key);
  // A section that a person may not use is absent; without a status nothing is known of the others.
  const sections = known.phase === 'failed' ? [FIRST_SECTION] : SECTIONS;
  const { key, Content } = sections.find((section) => section.key === open) ?? FIRST_SECTION;
  return (
    <div className={styles.frame}>
      <Navigation sections={sections} open={key} offersAbout={known.phase !== 'failed'} onOpen={setOpen} />
      <main className={styles.content}>
        <Breakdown key={key}>
          <Suspense fallback={null}>
            <Content onOpen={setOpen} />
          </Suspense>
        </Breakdown>
      </main>
    </div>
  );
}
