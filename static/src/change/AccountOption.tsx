import type { ReactNode } from 'react';
import type { Candidate } from '../api/generated/api.ts';
import { candidateDetail } from '../messages.ts';
import { PersonAvatar } from '../PersonAvatar.tsx';
import styles from './AccountOption.module.css';

/** A person who could be meant: an option of the list when it can be chosen or refused, else a line of its own. */
export function AccountOption({
  id,
  candidate,
  isActive = false,
  onHover,
  onChoose,
}: {
  id?: string;
  candidate: Candidate;
  isActive?: boolean;
  onHover?: () => void;
  onChoose?: () => void;
}): ReactNode {
  const content = (
    <>
      <PersonAvatar person={candidate.account} />
      <span className={styles.words}>
        <bdi className={styles.name}>{candidate.account.displayName}</bdi>
        <span className={styles.detail}>{candidateDetail(candidate)}</span>
      </span>
    </>
  );
  if (onChoose === undefined) {
    return <li className={styles.option}>{content}</li>;
  }
  return (
    <li
      id={id}
      role="option"
      aria-selected={isActive}
      aria-disabled={candidate.unsuitable !== null}
      className={styles.option}
      onMouseMove={onHover}
      // Keeps the focus in the field, as a list of options wants it.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      {content}
    </li>
  );
}
