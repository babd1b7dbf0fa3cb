import Button from '@atlaskit/button/default/button';
import { useState, type ReactNode } from 'react';
import { Announcement } from '../../Announcement.tsx';
import type { Person, Status } from '../../api/generated/api.ts';
import type { Open } from '../../change/opening.ts';
import { checks as words, type Told } from '../../messages.ts';
import { Moment } from '../../Moment.tsx';
import { useAsking } from '../../panel/useAsking.ts';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import { Part } from '../Part.tsx';
import { useSlow } from '../../useSlow.ts';
import { CheckRow } from './CheckRow.tsx';
import styles from './Checks.module.css';

/** What was looked at when the integration was last checked, and what was found. */
export function Checks({
  main,
  status,
  told,
  open,
}: {
  main: Person;
  status: Status;
  told: Told;
  open: Open;
}): ReactNode {
  const { asking, trouble, ask } = useAsking();
  const [done, setDone] = useState(false);
  const checking = asking === 'checkNow';
  const slow = useSlow(checking);
  const { health } = status;
  const checkNow = async () => {
    setDone(false);
    setDone((await ask({ type: 'checkNow' })) !== null);
  };
  const aside = (
    <>
      {slow ? (
        <span>{words.slow}</span>
      ) : (
        health !== null && <Moment at={health.checkedAt}>{words.checked(health.checkedAt, told)}</Moment>
      )}
      {status.actions.includes('checkNow') && (
        <Button spacing="compact" isLoading={checking} onClick={() => void checkNow()}>
          {words.checkNow}
        </Button>
      )}
    </>
  );
  return (
    <Part title={words.heading} aside={aside}>
      <Announcement>{checking ? words.checking : done ? words.done : ''}</Announcement>
      {trouble !== null && (
        <div className={styles.trouble}>
          <TroubleNotice trouble={trouble} told={told} headingLevel="h3" />
        </div>
      )}
      {health === null ? (
        <p className={styles.never}>
          {words.never} {words.neverNext}
        </p>
      ) : (
        <ul>
          {health.checks.map((check) => (
            <CheckRow key={check.name} check={check} main={main} health={health} status={status} told={told} open={open} />
          ))}
        </ul>
      )}
    </Part>
  );
}
