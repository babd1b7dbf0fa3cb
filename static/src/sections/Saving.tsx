import Button from '@atlaskit/button/default/button';
import { useRef, type ReactNode } from 'react';
import type { Trouble } from '../api/door.ts';
import { saving as words, type Told } from '../messages.ts';
import { Notice } from '../Notice.tsx';
import { TroubleNotice } from '../TroubleNotice.tsx';
import { useFocusKept } from '../useFocusKept.ts';
import styles from './Saving.module.css';

/**
 * The end of a form: what went wrong, *Save*, and whether it is saved. The controls cannot be used once there is nothing to
 * save: then a keyboard goes on from the words beside them.
 */
export function Saving({
  changed,
  busy,
  done,
  trouble,
  overtaken = false,
  told = null,
  onDiscard,
}: {
  changed: boolean;
  busy: boolean;
  done: boolean;
  trouble: Trouble | null;
  /** Whether the trouble is that the page did not show the latest. */
  overtaken?: boolean;
  told?: Told | null;
  onDiscard: () => void;
}): ReactNode {
  const said = useRef<HTMLParagraphElement>(null);
  useFocusKept(said, String(changed));
  return (
    <>
      {trouble !== null && <TroubleNotice trouble={trouble} told={told} headingLevel="h3" />}
      {overtaken && changed && (
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
        <p ref={said} role="status" tabIndex={-1} className={styles.said}>
          {changed ? words.unsaved : done ? words.saved : ''}
        </p>
      </div>
    </>
  );
}
