import Button from '@atlaskit/button/default/button';
import MenuIcon from '@atlaskit/icon/core/menu';
import QuestionCircleIcon from '@atlaskit/icon/core/question-circle';
import { lazy, Suspense, useId, useState, type ReactNode } from 'react';
import { frame } from './messages.ts';
import styles from './Navigation.module.css';
import type { Section, SectionKey } from './sections.ts';

const AboutDialog = lazy(() => import('./about/AboutDialog.tsx'));

/** The sections, at the side where there is room, and behind a menu where there is not. */
export function Navigation({
  sections,
  open,
  offersAbout,
  onOpen,
}: {
  sections: readonly Section[];
  open: SectionKey;
  /** Whether the reader may know which version runs here. */
  offersAbout: boolean;
  onOpen: (key: SectionKey) => void;
}): ReactNode {
  const [unfolded, setUnfolded] = useState(false);
  const [about, setAbout] = useState(false);
  const list = useId();
  return (
    <nav className={styles.navigation} aria-label={frame.sections}>
      <div className={styles.head}>
        <p className={styles.product}>{frame.product}</p>
        <div className={styles.toggle}>
          <Button
            appearance="subtle"
            iconBefore={MenuIcon}
            aria-expanded={unfolded}
            aria-controls={list}
            onClick={() => setUnfolded(!unfolded)}
          >
            {frame.menu}
          </Button>
        </div>
      </div>
      <ul id={list} className={styles.list} data-unfolded={unfolded}>
        {sections.map(({ key, label, Icon, isApart }) => (
          <li key={key} className={isApart && styles.apart}>
            <button
              type="button"
              className={styles.item}
              aria-current={key === open ? 'page' : undefined}
              onClick={() => {
                onOpen(key);
                setUnfolded(false);
              }}
            >
              <Icon label="" />
              {label}
            </button>
          </li>
        ))}
        {offersAbout && (
          <li>
            <button
              type="button"
              className={styles.item}
              aria-haspopup="dialog"
              onClick={() => {
                setAbout(true);
                setUnfolded(false);
              }}
            >
              <QuestionCircleIcon label="" />
              {frame.about}
            </button>
          </li>
        )}
      </ul>
      {about && (
        <Suspense fallback={null}>
          <AboutDialog onClose={() => setAbout(false)} />
        </Suspense>
      )}
    </nav>
  );
}
