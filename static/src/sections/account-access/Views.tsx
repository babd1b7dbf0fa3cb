import type { ReactNode } from 'react';
import type { SupportAccessView } from '../../api/generated/api.ts';
import { support as words, viewed, viewLine, type Told } from '../../messages.ts';
import styles from './AccountAccess.module.css';

/** Everything that support looked at through an access, the latest first. */
export function Views({ access: { standing, views, earlierViews }, told }: { access: SupportAccessView; told: Told }): ReactNode {
  const count = views.reduce((sum, view) => sum + view.count, earlierViews);
  if (count === 0) {
    const wasOpen = standing.type === 'granted' || standing.type === 'expired' || standing.type === 'revoked';
    return wasOpen && <p className={styles.hint}>{standing.type === 'granted' ? words.notViewed : words.neverViewed}</p>;
  }
  return (
    <details>
      <summary className={styles.summary}>{words.viewsHeading(count)}</summary>
      <ul className={styles.views}>
        {views.map((view, i) => (
          // Two rows may begin in one millisecond; rows are only ever added in front.
          <li key={views.length - i}>
            {viewed(view.what)} <span className={styles.hint}>{viewLine(view, told)}</span>
          </li>
        ))}
        {earlierViews > 0 && <li className={styles.hint}>{words.viewsEarlier(earlierViews)}</li>}
      </ul>
    </details>
  );
}
