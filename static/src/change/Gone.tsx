import Button from '@atlaskit/button/default/button';
import type { ReactNode, RefObject } from 'react';
import type { ChangeView, HistoryRow, Status } from '../api/generated/api.ts';
import { dialog, historyRow, stopped, underWay, type Told } from '../messages.ts';
import { Notice } from '../Notice.tsx';
import { Say, type Phrase } from '../phrase.tsx';
import { StepView } from './StepView.tsx';

/** The change that was followed is no longer the last one. */
export function Gone({
  sentence,
  status,
  told,
  first,
  onClose,
}: {
  sentence: Phrase;
  status: Status;
  told: Told;
  first: RefObject<HTMLElement>;
  onClose: () => void;
}): ReactNode {
  const other = status.change !== null && status.change.stage.type !== 'ended' && !status.change.mine ? status.change : null;
  return (
    <StepView
      title={stopped.goneTitle}
      first={first}
      controls={
        <Button appearance="primary" onClick={onClose}>
          {dialog.closeForNow}
        </Button>
      }
    >
      <Notice appearance="warning">
        <p>
          <Say phrase={sentence} />
        </p>
        {other !== null && (
          <p>
            {underWay.title(other)}: <Say phrase={underWay.theirs(other, told)} />
          </p>
        )}
      </Notice>
    </StepView>
  );
}

/** How a change ended that is no longer shown, as far as history tells. */
export function sentenceOnEnd(seen: ChangeView | null, history: readonly HistoryRow[]): Phrase {
  const row = seen === null ? undefined : endOf(seen, history);
  return row === undefined ? stopped.gone : historyRow(row);
}

/** The oldest row that fits: history does not name changes, but one person cannot have two under way. */
function endOf(seen: ChangeView, history: readonly HistoryRow[]): HistoryRow | undefined {
  return history.findLast(
    ({ at, by, to }) =>
      at >= seen.beganAt && by.accountId === seen.initiator.accountId && to.accountId === seen.intended.accountId,
  );
}
