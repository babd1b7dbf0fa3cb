import type { ReactNode } from 'react';
import styles from './AccountAccess.module.css';

/** Named values, one below the other. */
export function Facts({ of }: { of: ReadonlyArray<readonly [string, ReactNode]> }): ReactNode {
  return (
    <dl className={styles.facts}>
      {of.map(([name, value]) => (
        <Fact key={name} name={name} value={value} />
      ))}
    </dl>
  );
}

function Fact({ name, value }: { name: string; value: ReactNode }): ReactNode {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
