import type { ReactNode } from 'react';
import { settingsParts as words } from '../../messages.ts';
import styles from './SettingsParts.module.css';

/** A part of the settings. */
export type SettingsPart = 'general' | 'accountAccess';

const PARTS: readonly SettingsPart[] = ['general', 'accountAccess'];

/** The parts of the settings, one of them open. */
export function SettingsParts({ open, onOpen }: { open: SettingsPart; onOpen: (part: SettingsPart) => void }): ReactNode {
  return (
    <nav aria-label={words.label}>
      <ul className={styles.parts}>
        {PARTS.map((part) => (
          <li key={part}>
            <button type="button" className={styles.part} aria-current={part === open ? 'page' : undefined} onClick={() => onOpen(part)}>
              {words[part]}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
