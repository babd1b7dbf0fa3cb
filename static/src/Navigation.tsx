import Button from '@atlaskit/button/default/button';
import MenuIcon from '@atlaskit/icon/core/menu';
import { useId, useState, type ReactNode } from 'react';
import { frame } from './messages.ts';
import styles from './Navigation.module.css';
import type { Section, SectionKey } from './sections.ts';

/** The sections, at the side where there is room, and behind a menu where there is not. */
export function Navigation({
  sections,
  open,
  onOpen,
}: {
  sections: readonly Section[];
  open: SectionKey;
  onOpen: (key: SectionKey) => void;
}): ReactNode {
  const [unfolded, setUnfolded] = useState(false);
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
      </ul>
    </nav>
  );
}
