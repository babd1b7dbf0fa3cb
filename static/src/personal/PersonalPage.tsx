import Heading from '@atlaskit/heading/heading';
import type { ReactNode } from 'react';
import { personal as words } from '../messages.ts';
import { useMine } from '../me/useMine.ts';
import type { Page } from '../pages.ts';
import { LoadingMe } from '../me/LoadingMe.tsx';
import { TroubleNotice } from '../TroubleNotice.tsx';
import { MyAccount } from './MyAccount.tsx';
import styles from './PersonalPage.module.css';

/** The page in the personal settings: where the person stands, what is done in their name, and what is kept. */
const PersonalPage: Page = (): ReactNode => {
  const { mine, known } = useMine();
  return (
    <main className={styles.page}>
      <Heading size="large" as="h1">
        {words.heading}
      </Heading>
      {known.phase === 'loading' && <LoadingMe />}
      {known.phase === 'failed' && <TroubleNotice trouble={known.trouble} onRetry={mine.retry} />}
      {known.phase === 'ready' && <MyAccount mine={mine} known={known} />}
    </main>
  );
};

export default PersonalPage;
