import Heading from '@atlaskit/heading/heading';
import type { ReactNode } from 'react';
import { settings as words } from '../messages.ts';
import { useKnown } from '../panel/PanelContext.tsx';
import styles from './Section.module.css';
import { SettingsForm } from './settings/SettingsForm.tsx';
import { Failed } from './status/Failed.tsx';
import { Loading } from './status/Loading.tsx';

/** What the site has settled. */
export default function SettingsSection(): ReactNode {
  const known = useKnown();
  return (
    <div className={styles.section}>
      <Heading size="large" as="h1">
        {words.heading}
      </Heading>
      {known.phase === 'loading' && <Loading />}
      {known.phase === 'failed' && <Failed trouble={known.trouble} />}
      {known.phase === 'ready' && <SettingsForm saved={known.status.settings} />}
    </div>
  );
}
