import { useRef, useState, type ReactNode } from 'react';
import { ExplainForm } from '../../access/ExplainForm.tsx';
import type { Candidate } from '../../api/generated/api.ts';
import { AccountPicker } from '../../change/AccountPicker.tsx';
import { explainOne as words } from '../../messages.ts';
import { Part } from '../Part.tsx';
import styles from './Access.module.css';

/** Explains anybody, to an administrator. */
export function ExplainPerson({ onProjects, onStatus }: { onProjects: () => void; onStatus: () => void }): ReactNode {
  const picker = useRef<HTMLElement>(null);
  const [person, setPerson] = useState<Candidate | null>(null);
  const [missing, setMissing] = useState(false);
  const choose = (candidate: Candidate | null) => {
    setPerson(candidate);
    setMissing(false);
  };
  return (
    <Part title={words.heading}>
      <p className={styles.lead}>{words.intro}</p>
      <ExplainForm
        person={person?.account.accountId}
        missing={person === null}
        onMissing={() => {
          setMissing(true);
          picker.current?.focus();
        }}
        onProjects={onProjects}
        onStatus={onStatus}
        choosePerson={
          <div className={styles.field} role="group" aria-label={words.person}>
            <h3 className={styles.label}>{words.person}</h3>
            <AccountPicker chosen={person} first={picker} problem={missing ? words.missingPerson : null} onChoose={choose} />
          </div>
        }
      />
    </Part>
  );
}
