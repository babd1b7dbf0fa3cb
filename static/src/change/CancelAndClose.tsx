import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import { dialog } from '../messages.ts';
import type { Following } from './Follow.tsx';

/** The controls of every view of a change that has not ended. */
export function CancelAndClose({ asking, onCancel, onClose }: Pick<Following, 'asking' | 'onCancel' | 'onClose'>): ReactNode {
  return (
    <>
      {onCancel && (
        <Button appearance="subtle" onClick={onCancel} isLoading={asking.asking === 'cancelChange'}>
          {dialog.cancelChange}
        </Button>
      )}
      <Button onClick={onClose}>{dialog.closeForNow}</Button>
    </>
  );
}
