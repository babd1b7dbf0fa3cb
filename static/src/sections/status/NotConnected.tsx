import Button from '@atlaskit/button/default/button';
import Heading from '@atlaskit/heading/heading';
import type { ReactNode } from 'react';
import type { Status } from '../../api/generated/api.ts';
import { FROM_THE_START, type Open } from '../../change/opening.ts';
import { status as words } from '../../messages.ts';
import styles from './NotConnected.module.css';

/** The section before the first connection. */
export function NotConnected({ status, open }: { status: Status; open: Open }): ReactNode {
  const resume = status.change?.mine === true && status.change.stage.type !== 'ended' ? status.change : null;
  return (
    <section className={styles.empty}>
      <Heading size="small" as="h2">
        {words.notConnectedTitle}
      </Heading>
      <p className={styles.words}>{words.notConnected}</p>
      {status.actions.includes('connect') && (
        <Button
          appearance="primary"
          onClick={() => open(resume === null ? FROM_THE_START : { at: 'follow', change: resume.key })}
        >
          {words.connect}
        </Button>
      )}
    </section>
  );
}
