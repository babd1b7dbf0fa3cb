import type { ReactNode } from 'react';
import { Unseen } from '../Announcement.tsx';
import { Broken } from '../Breakdown.tsx';
import { LoadingMe } from '../me/LoadingMe.tsx';
import { useMine } from '../me/useMine.ts';
import { comment } from '../messages.ts';
import type { Page } from '../pages.ts';
import { TroubleNotice } from '../TroubleNotice.tsx';
import { Comment } from './Comment.tsx';
import styles from './CommentPanel.module.css';
import { placeOf } from './place.ts';

/** The panel on an issue. */
const CommentPanel: Page = ({ context }): ReactNode => {
  const { mine, known } = useMine();
  const place = placeOf(context);
  return (
    <main className={styles.panel}>
      <h1 className={styles.heading}>
        <Unseen>{comment.heading}</Unseen>
      </h1>
      {place === null && <Broken />}
      {place !== null && known.phase === 'loading' && <LoadingMe />}
      {place !== null && known.phase === 'failed' && <TroubleNotice trouble={known.trouble} onRetry={mine.retry} />}
      {place !== null && known.phase === 'ready' && <Comment mine={mine} known={known} place={place} />}
    </main>
  );
};

export default CommentPanel;
