import Button from '@atlaskit/button/default/button';
import { useState, type ReactNode } from 'react';
import type { Trouble } from '../../api/door.ts';
import type { AccessRequest, Person } from '../../api/generated/api.ts';
import { notListed as words, troubleSentence, type Told } from '../../messages.ts';
import { Notice } from '../../Notice.tsx';
import { usePanel } from '../../panel/PanelContext.tsx';
import { useAsking } from '../../panel/useAsking.ts';
import { PersonAvatar } from '../../PersonAvatar.tsx';
import { Say } from '../../phrase.tsx';
import { useReader } from '../../reader.tsx';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import styles from './NoPermission.module.css';

/** What a Jira administrator who is not on the list sees: who is, and a way to ask. */
export function NotListed({
  trouble,
  administrators,
  request,
}: {
  trouble: Trouble;
  administrators: readonly Person[];
  request: AccessRequest | null;
}): ReactNode {
  const { retry } = usePanel();
  const { calendar } = useReader();
  const { asking, trouble: failed, ask } = useAsking();
  const [asked, setAsked] = useState<AccessRequest | null>(null);
  const known = asked ?? request;
  const waits = known?.decision === null;
  // What happened is told with its day and time: the app's clock is not known here.
  const told: Told = { now: 0, calendar };
  const begin = async () => {
    const reply = await ask({ type: 'requestAccess' }, (why) => {
      // It was declined meanwhile: the page then says by whom.
      const isDecided = waits && why.from === 'app' && why.error.code === 'askedTooSoon';
      if (isDecided) {
        retry();
      }
      return isDecided;
    });
    if (reply === null) {
      return;
    }
    if (reply.request === null) {
      retry();
    } else {
      setAsked(reply.request);
    }
  };
  return (
    <Notice appearance="information" title={words.title}>
      <p>
        <Say phrase={troubleSentence(trouble, null)} />
      </p>
      <p>{words.who}</p>
      <ul className={styles.helpers}>
        {administrators.map((person) => (
          <li key={person.accountId} className={styles.helper}>
            <PersonAvatar person={person} />
            <bdi>{person.displayName}</bdi>
          </li>
        ))}
      </ul>
      <p role="status">{waits && words.requested(known.at, told)}</p>
      {known?.decision?.approved === false && (
        <p>
          <Say phrase={words.declined(known.decision.by, known.decision.at, told)} />
        </p>
      )}
      {failed !== null && <TroubleNotice trouble={failed} told={told} headingLevel="h3" />}
      {/* It asks again where a request waits: somebody may have decided, and where nobody is left who could, it is answered at once. */}
      <Button appearance={waits ? 'default' : 'primary'} isLoading={asking !== null} onClick={() => void begin()}>
        {waits ? words.look : words.request}
      </Button>
    </Notice>
  );
}
