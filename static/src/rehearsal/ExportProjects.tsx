import Button from '@atlaskit/button/default/button';
import { useState, type ReactNode } from 'react';
import type { Rehearsal } from '../api/generated/api.ts';
import { CsvFile } from '../CsvFile.tsx';
import { exporting as common, projectFile as words, type Told } from '../messages.ts';
import { Notice } from '../Notice.tsx';
import { TroubleNotice } from '../TroubleNotice.tsx';
import styles from './Progress.module.css';
import { useProjectExport } from './useProjectExport.ts';

/** Every project of a result as a file. */
export function ExportProjects({
  rehearsal,
  told,
  onNewer,
}: {
  rehearsal: Rehearsal;
  told: Told;
  /** Shows the rehearsal that took the place of this one. */
  onNewer: () => void;
}): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={styles.progress}>
      <div>
        <Button spacing="compact" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {words.button}
        </Button>
      </div>
      {isOpen && <Export rehearsal={rehearsal} told={told} onNewer={onNewer} />}
    </div>
  );
}

function Export({ rehearsal, told, onNewer }: { rehearsal: Rehearsal; told: Told; onNewer: () => void }): ReactNode {
  const { reading, goOn } = useProjectExport(rehearsal);
  const { kept } = reading;
  switch (reading.phase) {
    case 'reading':
      return (
        <>
          <p role="status" className={styles.words}>
            {words.progress(kept.rows, rehearsal.lookedAt)}
          </p>
          <progress
            className={styles.bar}
            aria-label={words.button}
            max={Math.max(1, rehearsal.lookedAt)}
            value={Math.min(kept.rows, rehearsal.lookedAt)}
          />
        </>
      );
    case 'stopped':
      return (
        <>
          {reading.trouble !== null && <TroubleNotice trouble={reading.trouble} told={told} headingLevel="h3" />}
          <p>
            {words.progress(kept.rows, rehearsal.lookedAt)} {common.kept}
          </p>
          <div>
            <Button spacing="compact" onClick={goOn}>
              {common.goOn}
            </Button>
          </div>
        </>
      );
    case 'done':
      return kept.gone ? (
        <div role="alert">
          <Notice appearance="warning">
            <p>{words.gone}</p>
            <Button onClick={onNewer}>{words.look}</Button>
          </Notice>
        </div>
      ) : (
        <CsvFile csv={kept.csv} of="rehearsal" says={words.done(kept.rows)} told={told} />
      );
  }
}
