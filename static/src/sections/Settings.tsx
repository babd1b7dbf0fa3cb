import Heading from '@atlaskit/heading/heading';
import { useState, type ReactNode } from 'react';
import { settings as words } from '../messages.ts';
import { useKnown } from '../panel/PanelContext.tsx';
import AccountAccess from './account-access/AccountAccess.tsx';
import styles from './Section.module.css';
import { SettingsForm } from './settings/SettingsForm.tsx';
import { SettingsParts, type SettingsPart } from './settings/SettingsParts.tsx';
import { Failed } from './status/Failed.tsx';
import { Loading } from './status/Loading.tsx';

/** What the site has settled, and who of support may look at it. */
export default function SettingsSection(): ReactNode {
  const known = useKnown();
  const [part, setPart] = useState<SettingsPart>('general');
  return (
    <div className={styles.section}>
      <Heading size="large" as="h1">
        {words.heading}
      </Heading>
      <SettingsParts open={part} onOpen={setPart} />
      {/* What is typed there stays while the other part is looked at. */}
      <div hidden={part !== 'general'}>
        {known.phase === 'loading' && <Loading />}
        {known.phase === 'failed' && <Failed trouble={known.trouble} />}
        {known.phase === 'ready' && <SettingsForm saved={known.status.settings} />}
      </div>
      {part === 'accountAccess' && <AccountAccess />}
    </div>
  );
}
