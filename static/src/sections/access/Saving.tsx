import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import type { Trouble } from '../../api/door.ts';
import { access as words, type Told } from '../../messages.ts';
import { Notice } from '../../Notice.tsx';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import styles from './Access.module.css';
import { outdated } from './useAccess.ts';

/** The end of a form: what went wrong, *Save*, and whether it is saved. */
export function Saving({
  changed,
  busy,
  done,
  trouble,
  told,
  onDiscard,
}: {
  changed: boolean;
  busy: boolean;
  done: boolean;
  trouble: Trouble | null;
  told: Told;
  onDiscard: () => void;
}): ReactNode {
  return (
    <>
      {trouble !== null && <TroubleNotice trouble={trouble} told={told} headingLevel="h3" />}
      {trouble !== null && outdated(trouble) && changed && (
        <Notice appearance="information">
          <p>{words.kept}</p>
        </Notice>
      )}
      <div className={styles.controls}>
        <Button type="submit" appearance="primary" isDisabled={!changed} isLoading={busy}>
          {words.save}
        </Button>
        {changed && (
          <Button appearance="subtle" onClick={onDiscard}>
            {words.discard}
          </Button>
        )}
        <p role="status" className={styles.hint}>
          {changed ? words.unsaved : done ? words.saved : ''}
        </p>
      </div>
    </>
  );
}
