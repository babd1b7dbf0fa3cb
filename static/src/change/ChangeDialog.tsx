import Modal from '@atlaskit/modal-dialog/modal-dialog';
import ModalTransition from '@atlaskit/modal-dialog/modal-transition';
import { useRef, type ReactNode, type RefObject } from 'react';
import type { Trouble } from '../api/door.ts';
import type { Status } from '../api/generated/api.ts';
import type { AppClock } from '../time.ts';
import { Flow } from './Flow.tsx';
import type { Opening } from './opening.ts';

/** The dialog in which a change is begun and followed. Closing it leaves the change as it is. */
export default function ChangeDialog({
  status,
  clock,
  held,
  opening,
  back,
  onClose,
  onClosed,
}: {
  status: Status;
  clock: AppClock;
  held: Trouble | null;
  opening: Opening | null;
  /** What has the focus once the dialog is closed. */
  back: RefObject<HTMLElement>;
  onClose: () => void;
  onClosed: () => void;
}): ReactNode {
  const first = useRef<HTMLElement>(null);
  return (
    <ModalTransition>
      {opening !== null && (
        <Modal width="medium" autoFocus={first} shouldReturnFocus={back} shouldCloseOnOverlayClick={false} onClose={onClose} onCloseComplete={onClosed}>
          <Flow status={status} clock={clock} held={held} opening={opening} first={first} onClose={onClose} />
        </Modal>
      )}
    </ModalTransition>
  );
}
