import Button from '@atlaskit/button/default/button';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { MainUserView, Status } from '../../api/generated/api.ts';
import { FROM_THE_START, type Open } from '../../change/opening.ts';
import { accountType, changedBy, rehearsing, since, status as words, type Told } from '../../messages.ts';
import { Moment } from '../../Moment.tsx';
import { PersonAvatar } from '../../PersonAvatar.tsx';
import { Say } from '../../phrase.tsx';
import { Former } from './Former.tsx';
import styles from './MainUser.module.css';

const RehearseDialog = lazy(() => import('../../rehearsal/RehearseDialog.tsx'));

/** Who Integration+ acts as, since when, and by whose hand. */
export function MainUser({
  main,
  status,
  told,
  open,
}: {
  main: MainUserView;
  status: Status;
  told: Told;
  open: Open;
}): ReactNode {
  const [rehearses, setRehearses] = useState(false);
  const resume = status.change?.mine === true && status.change.stage.type !== 'ended' ? status.change : null;
  return (
    <div className={styles.mainUser}>
      <div className={styles.line}>
        <span>{words.mainUserIs}</span>
        <span className={styles.person}>
          <PersonAvatar person={main.account} />
          <strong className={styles.name}>
            <bdi>{main.account.displayName}</bdi>
          </strong>
        </span>
        {status.actions.includes('change') && (
          <Button
            spacing="compact"
            onClick={() => open(resume === null ? FROM_THE_START : { at: 'follow', change: resume.key })}
          >
            {words.change}
          </Button>
        )}
        <Button spacing="compact" appearance="subtle" onClick={() => setRehearses(true)}>
          {rehearsing.button}
        </Button>
      </div>
      <p className={styles.detail}>
        {accountType(main.account.accountType)} · <Moment at={main.since}>{since(main.since, told)}</Moment> ·{' '}
        <Say phrase={changedBy(main.changedBy)} />
      </p>
      {status.former !== null && <Former former={status.former} main={main.account} status={status} told={told} />}
      <Suspense fallback={null}>
        {rehearses && <RehearseDialog policy={status.settings.policy} onClose={() => setRehearses(false)} />}
      </Suspense>
    </div>
  );
}
