import Lozenge from '@atlaskit/lozenge/lozenge';
import type { ComponentProps, ReactNode } from 'react';
import type { ItemOutcome, RunItem } from '../../api/generated/api.ts';
import { itemName, itemSentence, itemWord, lostSentence, postedBy, runDialog as words, type Told } from '../../messages.ts';
import { counted, when } from '../../messages/words.ts';
import { Moment } from '../../Moment.tsx';
import { Say } from '../../phrase.tsx';
import styles from './Items.module.css';

/** What became of each comment, in order, and the readable cause. */
export function Items({ items, told }: { items: readonly RunItem[]; told: Told }): ReactNode {
  return (
    <ol className={styles.items} aria-label={words.items}>
      {items.map((item, i) => (
        // One comment may come twice in a run, and items are only ever added behind.
        <li key={i} className={styles.item}>
          <p className={styles.head}>
            <Lozenge appearance={appearance(item.outcome)}>{itemWord(item.outcome.type)}</Lozenge> <strong>{itemName(item)}</strong>
          </p>
          <p>
            <Say phrase={itemSentence(item.outcome, item.about)} /> {postedBy(item)} {lostSentence(item.lost)}
          </p>
          <p className={styles.subtle}>
            <Moment at={item.at}>{when(item.at, told)}</Moment> · {counted(item.points, 'point')}
          </p>
        </li>
      ))}
    </ol>
  );
}

function appearance(outcome: ItemOutcome): NonNullable<ComponentProps<typeof Lozenge>['appearance']> {
  switch (outcome.type) {
    case 'created':
    case 'updated':
    case 'counterpartCreated':
    case 'joined':
      return 'success';
    case 'assigned':
      return outcome.to.type === 'noCounterpart' ? 'warning' : 'success';
    case 'withdrawn':
    case 'parted':
    case 'skipped':
      return 'neutral';
    case 'waits':
      return 'warning';
    case 'failed':
      return 'danger';
  }
}
