import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import { pages as words } from '../messages.ts';
import styles from './Pages.module.css';

/** Turns the pages of a list; nothing where it has only one. */
export function Pages({
  page,
  hasNext,
  onPrevious,
  onNext,
}: {
  /** Number of the page, from one. */
  page: number;
  hasNext: boolean;
  onPrevious: () => void;
  onNext: () => void;
}): ReactNode {
  if (page === 1 && !hasNext) {
    return null;
  }
  return (
    <div className={styles.pages}>
      <Button spacing="compact" isDisabled={page === 1} onClick={onPrevious}>
        {words.previous}
      </Button>
      <span>{words.page(page)}</span>
      <Button spacing="compact" isDisabled={!hasNext} onClick={onNext}>
        {words.next}
      </Button>
    </div>
  );
}
