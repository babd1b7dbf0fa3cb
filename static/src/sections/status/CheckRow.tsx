import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import type { Check, CheckFailure, Health, Person, Status } from '../../api/generated/api.ts';
import { FROM_THE_START, type Open } from '../../change/opening.ts';
import { checkFailure, checkFigures, checkName, checks as words, mend, unreachable, type Told } from '../../messages.ts';
import { Say } from '../../phrase.tsx';
import { Sign } from '../../Sign.tsx';
import styles from './CheckRow.module.css';

/** One check: its figures when it passed, and why and what to do when it did not. */
export function CheckRow({
  check,
  main,
  health,
  status,
  told,
  open,
}: {
  check: Check;
  main: Person;
  health: Health;
  status: Status;
  told: Told;
  open: Open;
}): ReactNode {
  const { name, result } = check;
  return (
    <li className={styles.row}>
      <span className={styles.sign}>
        <Sign is={result.type} label={words[result.type]} />
      </span>
      <span className={styles.name}>{checkName(name)}</span>
      {result.type === 'passed' && (
        <span className={styles.figures}>{checkFigures(name, health.facts, status.lastDeliveryAt, told)}</span>
      )}
      {result.type === 'unknown' && <span className={styles.figures}>{unreachable(result.because)}</span>}
      {result.type === 'failed' && (
        <Failure failure={result.failure} main={main} mayChange={status.actions.includes('change')} open={open} />
      )}
    </li>
  );
}

function Failure({
  failure,
  main,
  mayChange,
  open,
}: {
  failure: CheckFailure;
  main: Person;
  mayChange: boolean;
  open: Open;
}): ReactNode {
  const { why, next } = checkFailure(failure, main, words.checkNow);
  const remedy = mayChange ? remedyFor(failure) : null;
  return (
    <div className={styles.failure}>
      <p>
        <Say phrase={why} />
      </p>
      <p>
        <Say phrase={next} />
      </p>
      {remedy === 'allowAgain' && (
        <Button spacing="compact" onClick={() => open({ at: 'explain', intended: main })}>
          {mend.allowAgain(main)}
        </Button>
      )}
      {remedy === 'choose' && (
        <Button spacing="compact" onClick={() => open(FROM_THE_START)}>
          {mend.choose}
        </Button>
      )}
    </div>
  );
}

/** Which control of this page goes with the advice of {@link checkFailure}, if one does. */
function remedyFor(failure: CheckFailure): 'allowAgain' | 'choose' | null {
  switch (failure.type) {
    case 'grantDead':
    case 'scopesMissing':
    case 'siteNotCovered':
      return 'allowAgain';
    case 'accountInactive':
    case 'accountNotHuman':
    case 'webhooksFull':
      return 'choose';
    case 'clientSecretRejected':
    case 'noProductAccess':
    case 'notAdministrator':
    case 'noProjects':
    case 'webhooksMissing':
    case 'webhookRefused':
      return null;
  }
}
