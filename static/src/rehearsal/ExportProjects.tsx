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
  const { exporting, goOn } = useProjectExport(rehearsal);
  switch (exporting.phase) {
    case 'reading':
      return (
        <>
          <p role="status" className={styles.words}>
            {words.progress(exporting.rows, rehearsal.lookedAt)}
          </p>
          <progress
            className={styles.bar}
            aria-label={words.button}
            max={Math.max(1, rehearsal.lookedAt)}
            value={Math.min(exporting.rows, rehearsal.lookedAt)}
          />
        </>
      );
    case 'stopped':
      return (
        <>
          <TroubleNotice trouble={exporting.trouble} told={told} headingLevel="h3" />
          <p>
            {words.progress(exporting.rows, rehearsal.lookedAt)} {common.kept}
          </p>
          <div>
            <Button spacing="compact" onClick={goOn}>
              {common.goOn}
            </Button>
          </div>
        </>
      );
    case 'gone':
      return (
        <div role="alert">
          <Notice appearance="warning">
            <p>{words.gone}</p>
            <Button onClick={onNewer}>{words.look}</Button>
          </Notice>
        </div>
      );
    case 'done':
      return <CsvFile csv={exporting.csv} of="rehearsal" says={words.done(exporting.rows)} told={told} />;
  }
}
