import Button from '@atlaskit/button/default/button';
import { useRef, type ReactNode } from 'react';
import type { ReauthorizationPolicy, Rehearsal } from '../api/generated/api.ts';
import { rehearsing as words, verdict, type Told } from '../messages.ts';
import { Moment } from '../Moment.tsx';
import { Notice } from '../Notice.tsx';
import { Say } from '../phrase.tsx';
import { Beside } from './Beside.tsx';
import { ExportProjects } from './ExportProjects.tsx';
import { Gains } from './Gains.tsx';
import { Losses } from './Losses.tsx';
import { Matrix } from './Matrix.tsx';
import { Misses } from './Misses.tsx';
import { Numbers, type ListOf } from './Numbers.tsx';
import type { Rehearser } from './Rehearser.ts';
import styles from './Result.module.css';

/** What came of a rehearsal, the summary first. */
export function Result({
  rehearsal,
  begins,
  rehearser,
  policy,
  told,
}: {
  rehearsal: Rehearsal;
  begins: 'again' | 'anew' | null;
  rehearser: Rehearser;
  policy: ReauthorizationPolicy;
  told: Told;
}): ReactNode {
  const { account, against, lost, failing, administers, losses, gains, misses, doneAt } = rehearsal;
  const good = lost === 0 && failing === 0 && administers === true;
  const { title, text } = verdict(rehearsal);
  const failed = !good || misses.length > 0;
  const lists = { misses: useRef<HTMLDetailsElement>(null), losses: useRef<HTMLDetailsElement>(null), gains: useRef<HTMLDetailsElement>(null) };
  const show = (list: ListOf) => {
    const { current } = lists[list];
    if (current !== null) {
      current.open = true;
      current.scrollIntoView({ block: 'start' });
      current.querySelector('summary')?.focus();
    }
  };
  return (
    <>
      {doneAt !== null && (
        <>
          <Notice appearance={good ? 'success' : 'warning'} title={title} headingLevel="h3">
            <p>
              <Say phrase={text} />
            </p>
          </Notice>
          <Numbers rehearsal={rehearsal} onShow={show} />
        </>
      )}
      <div className={styles.run}>
        <p className={styles.made}>
          {doneAt === null ? (
            <Say phrase={words.made(rehearsal, told)} />
          ) : (
            <Moment at={doneAt}>
              <Say phrase={words.made(rehearsal, told)} />
            </Moment>
          )}
        </p>
        <div className={styles.controls}>
          {doneAt !== null && failed && (
            <Button spacing="compact" isLoading={begins === 'again'} isDisabled={begins === 'anew'} onClick={rehearser.again}>
              {words.again}
            </Button>
          )}
          <Button spacing="compact" isLoading={begins === 'anew'} isDisabled={begins === 'again'} onClick={rehearser.anew}>
            {words.anew}
          </Button>
        </div>
        {doneAt !== null && failed && <p className={styles.made}>{words.againHint}</p>}
      </div>
      {doneAt !== null && (
        <>
          {lost > 0 && <Losses place={lists.losses} losses={losses} lost={lost} account={account} />}
          <Matrix rehearsal={rehearsal} />
          {misses.length > 0 && <Misses place={lists.misses} misses={misses} account={account} comparing={against !== null} />}
          {against !== null && gains.length > 0 && <Gains place={lists.gains} gains={gains} gained={rehearsal.gained} account={account} />}
          <ExportProjects rehearsal={rehearsal} told={told} onNewer={rehearser.look} />
          {against !== null && <Beside rehearsal={rehearsal} policy={policy} />}
        </>
      )}
    </>
  );
}
