import { useState, type ReactNode } from 'react';
import Button from '@atlaskit/button/default/button';
import type { AccessChange } from '../../api/generated/api.ts';
import { accessChange, accessHistory as words, history, type Told } from '../../messages.ts';
import { Moment } from '../../Moment.tsx';
import { Say } from '../../phrase.tsx';
import { day } from '../../time.ts';
import { Part } from '../Part.tsx';
import styles from './Access.module.css';

/** How many rows are shown before somebody asks for all of them. */
const FIRST = 5;

/** Every change of what limits the app, newest first. */
export function Changes({ changes, told }: { changes: readonly AccessChange[]; told: Told }): ReactNode {
  const [all, setAll] = useState(false);
  return (
    <Part title={words.heading}>
      <div className={styles.form}>
        {changes.length === 0 && <p>{words.empty}</p>}
        <ol className={styles.lines}>
          {(all ? changes : changes.slice(0, FIRST)).map((change, i) => (
            // Two changes may have been made in one millisecond; rows are only ever added in front.
            <li key={changes.length - i} className={styles.words}>
              <span>
                <Say phrase={accessChange(change)} />
              </span>
              <span className={styles.hint}>
                <Moment at={change.at}>{day(change.at, told.now, told.calendar)}</Moment> <Say phrase={words.by(change.by)} />
              </span>
            </li>
          ))}
        </ol>
        {changes.length > FIRST && (
          <div>
            <Button appearance="subtle" onClick={() => setAll(!all)}>
              {all ? history.fewer : history.all(changes.length)}
            </Button>
          </div>
        )}
      </div>
    </Part>
  );
}
