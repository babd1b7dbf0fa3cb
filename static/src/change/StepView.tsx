import Heading from '@atlaskit/heading/heading';
import ModalBody from '@atlaskit/modal-dialog/modal-body';
import ModalFooter from '@atlaskit/modal-dialog/modal-footer';
import { useLayoutEffect, useRef, type ReactNode, type RefObject } from 'react';
import { focusIsNowhere } from '../useFocusKept.ts';
import styles from './StepView.module.css';

/**
 * One view of the dialog: a heading, what it says, and its controls. When a view takes the place of another and the
 * control that had the focus goes with it, the focus moves to the heading.
 */
export function StepView({
  title,
  first,
  controls,
  children,
}: {
  title: string;
  /** Given when the heading has the focus as the dialog opens. */
  first?: RefObject<HTMLElement>;
  controls: ReactNode;
  children: ReactNode;
}): ReactNode {
  const heading = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (first !== undefined) {
      (first as { current: HTMLElement | null }).current = heading.current;
    }
  }, [first]);
  useLayoutEffect(() => {
    if (focusIsNowhere()) {
      heading.current?.focus();
    }
  }, [title]);
  return (
    <>
      <ModalBody>
        <div className={styles.body}>
          <div ref={heading} tabIndex={-1}>
            <Heading size="small" as="h2">
              {title}
            </Heading>
          </div>
          {children}
        </div>
      </ModalBody>
      <ModalFooter>
        <div className={styles.controls}>{controls}</div>
      </ModalFooter>
    </>
  );
}
