import type { ReactNode } from 'react';
import type { Terms } from '../../api/generated/api.ts';
import { CopyField } from '../../CopyField.tsx';
import { propertyHelp as words } from '../../messages.ts';
import styles from './Fields.module.css';

/** How two issues are made a pair by their properties: the key, and the value for each, with the keys that are entered. */
export function PropertyHelp({ terms, property, here, there }: { terms: Terms; property: string; here: string; there: string }): ReactNode {
  const value = (site: string, issue: string, example: string) => JSON.stringify({ site, issue: issue.trim() === '' ? example : issue.trim().toUpperCase() });
  return (
    <details>
      <summary>{words.summary}</summary>
      <div className={styles.form}>
        <p>{words.what}</p>
        <CopyField label={words.key} value={property} />
        <CopyField label={words.here} value={value(terms.there.cloudId, there, words.exampleThere)} />
        <CopyField label={words.there} value={value(terms.here.cloudId, here, words.exampleHere)} />
      </div>
    </details>
  );
}
