import Button from '@atlaskit/button/default/button';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { FormerView, Person, Status } from '../../api/generated/api.ts';
import { rollBack as words, type Told } from '../../messages.ts';
import { Say } from '../../phrase.tsx';
import styles from './Former.module.css';

const RollBackDialog = lazy(() => import('./RollBackDialog.tsx'));

/** The main authorized user before, while the site can go back to it. */
export function Former({
  former,
  main,
  status,
  told,
}: {
  former: FormerView;
  main: Person;
  status: Status;
  told: Told;
}): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={styles.former}>
      <p>
        <Say phrase={words.offer(former, told)} />
      </p>
      {status.actions.includes('rollBack') && (
        <Button spacing="compact" onClick={() => setOpen(true)}>
          {words.button}
        </Button>
      )}
      <Suspense fallback={null}>
        {isOpen && <RollBackDialog former={former} main={main} told={told} onClose={() => setOpen(false)} />}
      </Suspense>
    </div>
  );
}
