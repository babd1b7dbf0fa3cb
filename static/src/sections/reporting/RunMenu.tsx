import IconButton from '@atlaskit/button/icon/button';
import DropdownMenu from '@atlaskit/dropdown-menu/dropdown-menu';
import DropdownItem from '@atlaskit/dropdown-menu/dropdown-menu-item';
import DropdownItemGroup from '@atlaskit/dropdown-menu/dropdown-menu-item-group';
import ShowMoreIcon from '@atlaskit/icon/core/show-more-horizontal';
import type { ReactNode } from 'react';
import type { Run } from '../../api/generated/api.ts';
import { runMenu as words, runStarted, type Told } from '../../messages.ts';

/** What may be done with a run. */
export interface RunActions {
  readonly onOpen: (run: Run) => void;
  readonly onShare: (run: Run, share: boolean) => void;
  readonly onCopy: (run: Run) => void;
  readonly onLog: (run: Run) => void;
  readonly onAgain: (run: Run) => void;
}

/** The three dots of a run. */
export function RunMenu({ run, told, isBusy, actions }: { run: Run; told: Told; isBusy: boolean; actions: RunActions }): ReactNode {
  return (
    <DropdownMenu<HTMLButtonElement>
      placement="bottom-end"
      // In the page's own landmark, and not beside it.
      shouldRenderToParent
      trigger={({ triggerRef, isSelected = false, testId: _, ...bound }) => (
        <IconButton
          {...bound}
          ref={triggerRef}
          appearance="subtle"
          isSelected={isSelected}
          icon={ShowMoreIcon}
          label={words.open(run.name, runStarted(run, told))}
        />
      )}
    >
      <DropdownItemGroup>
        <DropdownItem onClick={() => actions.onOpen(run)}>{words.details}</DropdownItem>
        <DropdownItem isDisabled={isBusy} onClick={() => actions.onShare(run, run.shared === null)}>
          {run.shared === null ? words.share : words.stop}
        </DropdownItem>
        <DropdownItem onClick={() => actions.onCopy(run)}>{words.copy}</DropdownItem>
        <DropdownItem onClick={() => actions.onLog(run)}>{words.log}</DropdownItem>
        {leftSomething(run) && (
          <DropdownItem isDisabled={isBusy} onClick={() => actions.onAgain(run)}>
            {words.again}
          </DropdownItem>
        )}
      </DropdownItemGroup>
    </DropdownMenu>
  );
}

/** Whether something of a run may be left: it failed, or waits, or the run broke off. The app finds what still is. */
function leftSomething({ outcome, counts }: Run): boolean {
  const through = counts.created + counts.updated + counts.skipped;
  return outcome !== 'running' && (outcome === 'interrupted' || through < counts.read);
}
