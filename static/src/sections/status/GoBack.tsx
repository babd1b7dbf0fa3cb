import Button from '@atlaskit/button/default/button';
import ModalBody from '@atlaskit/modal-dialog/modal-body';
import ModalFooter from '@atlaskit/modal-dialog/modal-footer';
import type { ReactNode } from 'react';
import { Announcement } from '../../Announcement.tsx';
import type { FormerView, Person } from '../../api/generated/api.ts';
import { FailedChecks } from '../../change/FailedChecks.tsx';
import { rollBack as words, type Told } from '../../messages.ts';
import type { Asking } from '../../panel/useAsking.ts';
import { Say } from '../../phrase.tsx';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import { useSlow } from '../../useSlow.ts';
import styles from './RollBackDialog.module.css';

/** Going back, as the dialog and its two faces share it. */
export interface Going {
  readonly former: FormerView;
  readonly main: Person;
  readonly told: Told;
  readonly asking: Asking;
  /** Goes back. `onOutdated` is called where what is lost must be read anew. */
  readonly goBack: (acknowledged: string | null, onOutdated?: () => void) => Promise<void>;
  readonly onClose: () => void;
}

/** What going back does: where nothing is lost, one click is enough. */
export function GoBack({ former, main, told, asking: { asking, trouble }, goBack, onClose }: Going): ReactNode {
  const going = asking !== null;
  const slow = useSlow(going);
  const to = former.person;
  return (
    <>
      <ModalBody>
        {/* On a small screen it scrolls, and holds no control of its own: the keyboard must get into it. */}
        <div className={styles.body} role="region" aria-label={words.what} tabIndex={0}>
          <h2 className={styles.title}>{words.what}</h2>
          <ol className={styles.steps}>
            {[words.checks(to), words.rehearses(to), words.switches(to), words.nobody].map((phrase, i) => (
              <li key={i}>
                <Say phrase={phrase} />
              </li>
            ))}
          </ol>
          <p>
            <Say phrase={words.safe(main)} />
          </p>
          <p className={styles.until}>
            <Say phrase={words.until(former, told)} />
          </p>
          <Announcement>{slow ? words.checking : ''}</Announcement>
          {slow && <p aria-hidden="true">{words.checking}</p>}
          {trouble !== null && <TroubleNotice trouble={trouble} told={told} headingLevel="h3" />}
          {trouble?.from === 'app' && trouble.error.code === 'formerFailsChecks' && (
            <FailedChecks checks={trouble.error.checks} of={to} recheck={words.button} />
          )}
        </div>
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" isDisabled={going} onClick={onClose}>
          {words.cancel}
        </Button>
        <Button appearance="primary" isLoading={going} onClick={() => void goBack(null)}>
          {words.button}
        </Button>
      </ModalFooter>
    </>
  );
}
