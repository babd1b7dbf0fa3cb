import type { ReactNode } from 'react';
import { ExplainForm } from '../access/ExplainForm.tsx';
import { explainOne as words } from '../messages.ts';
import { Part } from '../sections/Part.tsx';
import styles from './MyReach.module.css';

/** Explains the reader to themselves. */
export function MyReach(): ReactNode {
  return (
    <Part title={words.headingMine}>
      <p className={styles.lead}>{words.introMine}</p>
      <ExplainForm />
    </Part>
  );
}
