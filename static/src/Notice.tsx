import SectionMessage from '@atlaskit/section-message/section-message';
import type { ReactNode } from 'react';
import styles from './Notice.module.css';

/** A message in the page, with its controls under it. */
export function Notice({
  appearance,
  title,
  headingLevel = 'h2',
  children,
}: {
  appearance: 'information' | 'warning' | 'error' | 'success';
  /** Left out where a heading above says it already. */
  title?: string;
  headingLevel?: 'h2' | 'h3';
  children: ReactNode;
}): ReactNode {
  const titled = title === undefined ? {} : { title, headingLevel };
  return (
    <SectionMessage appearance={appearance} {...titled}>
      <div className={styles.body}>{children}</div>
    </SectionMessage>
  );
}
