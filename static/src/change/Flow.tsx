import ModalHeader from '@atlaskit/modal-dialog/modal-header';
import ModalTitle from '@atlaskit/modal-dialog/modal-title';
import { useEffect, useState, type ReactNode, type RefObject } from 'react';
import type { Trouble } from '../api/door.ts';
import type { Person, ReauthorizationPolicy, SessionKey, Status } from '../api/generated/api.ts';
import { dialog as words, type Told } from '../messages.ts';
import { usePanel } from '../panel/PanelContext.tsx';
import { useReader } from '../reader.tsx';
import { nowBy, type AppClock } from '../time.ts';
import { ChooseAccount } from './ChooseAccount.tsx';
import { Follow } from './Follow.tsx';
import type { Opening } from './opening.ts';
import { stepOf, Tracker } from './Tracker.tsx';
import { useAuthorization } from './useAuthorization.ts';
import { WhatWillHappen } from './WhatWillHappen.tsx';

type View =
  | { at: 'choose' }
  | { at: 'explain'; intended: Person }
  | { at: 'follow'; change: SessionKey };

/** The steps of a change, from the choice of an account to its end. */
export function Flow({
  status,
  clock,
  held,
  opening,
  first,
  onClose,
}: {
  status: Status;
  clock: AppClock;
  held: Trouble | null;
  opening: Opening;
  /** What has the focus when the dialog opens. */
  first: RefObject<HTMLElement>;
  onClose: () => void;
}): ReactNode {
  const panel = usePanel();
  const { calendar } = useReader();
  const [view, setView] = useState<View>(opening);
  const [insteadOf, setInsteadOf] = useState(opening.at === 'choose' ? opening.insteadOf : null);
  /** What this change asks of people; nothing until somebody chooses otherwise than the settings say. */
  const [policy, setPolicy] = useState<ReauthorizationPolicy | null>(null);
  const authorization = useAuthorization();
  const told: Told = { now: nowBy(clock), calendar };
  const followed = view.at === 'follow' ? view.change : null;

  useEffect(() => {
    panel.watch(followed);
    return () => panel.watch(null);
  }, [panel, followed]);

  const begin = async (intended: Person, replacing: SessionKey | null) => {
    const change = await authorization.begin(intended.accountId, replacing, policy);
    if (change !== null) {
      setInsteadOf(null);
      setView({ at: 'follow', change });
    }
  };

  const change = status.change?.key === followed ? status.change : null;
  const title = status.main === null || change?.purpose === 'firstConnect' ? words.connectTitle : words.changeTitle;

  return (
    <>
      <ModalHeader hasCloseButton closeButtonLabel={words.close}>
        <ModalTitle>{title}</ModalTitle>
      </ModalHeader>
      <Tracker step={stepOf(view.at, change?.stage ?? null)} />
      {view.at === 'choose' && (
        <ChooseAccount
          insteadOf={insteadOf?.by ?? null}
          first={first}
          onCancel={onClose}
          onChosen={(intended) => setView({ at: 'explain', intended })}
        />
      )}
      {view.at === 'explain' && (
        <WhatWillHappen
          intended={view.intended}
          main={status.main?.account ?? null}
          settings={status.settings}
          policy={policy ?? status.settings.policy}
          onPolicy={setPolicy}
          told={told}
          first={first}
          authorization={authorization}
          onBack={() => setView({ at: 'choose' })}
          onBegin={(replacing) => void begin(view.intended, replacing ?? insteadOf?.change ?? null)}
        />
      )}
      {view.at === 'follow' && (
        <Follow
          key={view.change}
          change={change}
          status={status}
          clock={clock}
          held={held}
          told={told}
          first={first}
          authorization={authorization}
          onAgain={(intended) => void begin(intended, null)}
          onAnother={() => setView({ at: 'choose' })}
          onClose={onClose}
        />
      )}
    </>
  );
}
