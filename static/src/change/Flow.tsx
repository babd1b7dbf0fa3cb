import ModalHeader from '@atlaskit/modal-dialog/modal-header';
import ModalTitle from '@atlaskit/modal-dialog/modal-title';
import { useEffect, useState, type ReactNode, type RefObject } from 'react';
import type { Trouble } from '../api/door.ts';
import type { AccountId, Candidate, ErrorCode, Person, ReauthorizationPolicy, SessionKey, Status, Timestamp } from '../api/generated/api.ts';
import { dialog as words, type Told } from '../messages.ts';
import { usePanel } from '../panel/PanelContext.tsx';
import { outdated } from '../rehearsal/outdated.ts';
import { AT_ONCE, outOfTime, planned } from '../schedule/Plan.ts';
import { useReader } from '../reader.tsx';
import { nowBy, type AppClock } from '../time.ts';
import { ChooseAccount } from './ChooseAccount.tsx';
import { Follow } from './Follow.tsx';
import type { Opening } from './opening.ts';
import { Preview } from './Preview.tsx';
import { stepOf, Tracker } from './Tracker.tsx';
import { useAuthorization, type Way } from './useAuthorization.ts';
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
  /** Who was chosen last: whoever comes back from the preview finds them chosen. */
  const [chosen, setChosen] = useState<Candidate | null>(null);
  const [insteadOf, setInsteadOf] = useState(opening.at === 'choose' ? opening.insteadOf : null);
  /** What this change asks of people; nothing until somebody chooses otherwise than the settings say. */
  const [policy, setPolicy] = useState<ReauthorizationPolicy | null>(null);
  /** When this change is to switch. */
  const [plan, setPlan] = useState(AT_ONCE);
  /** What was acknowledged when a change was last begun here. */
  const [read, setRead] = useState<{ of: AccountId; acknowledged: string | null } | null>(null);
  const authorization = useAuthorization();
  const told: Told = { now: nowBy(clock), calendar };
  const followed = view.at === 'follow' ? view.change : null;

  useEffect(() => {
    panel.watch(followed);
    return () => panel.watch(null);
  }, [panel, followed]);

  const begin = async (
    way: Way,
    intended: Person,
    replacing: SessionKey | null,
    acknowledged: string | null,
    switchAt: Timestamp | null,
    onRefused: (error: ErrorCode) => void = () => undefined,
  ) => {
    const replaces = replacing ?? insteadOf?.change ?? null;
    const change = await authorization.begin(way, intended.accountId, replaces, policy, acknowledged, switchAt, onRefused);
    if (change !== null) {
      setInsteadOf(null);
      setRead({ of: intended.accountId, acknowledged });
      setView({ at: 'follow', change });
    }
  };

  // What was acknowledged for an account holds for the next try as well; where it does not, there is something new to read.
  const beginAgain = (intended: Person) => {
    const acknowledged = read?.of === intended.accountId ? read.acknowledged : null;
    const time = planned(plan, told);
    if ('problem' in time) {
      setView({ at: 'explain', intended });
      return;
    }
    void begin('here', intended, null, acknowledged, time.switchAt, (error) => {
      if (outdated(error) || outOfTime(error)) {
        setView({ at: 'explain', intended });
      }
    });
  };

  const goTo = (next: View) => {
    authorization.forget();
    setView(next);
  };

  const main = status.main?.account ?? null;
  const change = status.change?.key === followed ? status.change : null;
  const title = status.main === null || change?.purpose === 'firstConnect' ? words.connectTitle : words.changeTitle;

  return (
    <>
      <ModalHeader hasCloseButton closeButtonLabel={words.close}>
        <ModalTitle>{title}</ModalTitle>
      </ModalHeader>
      <Tracker step={stepOf(view.at, change?.stage ?? null)} isScheduled={change?.stage.type === 'scheduled'} />
      {view.at === 'choose' && (
        <ChooseAccount
          insteadOf={insteadOf?.by ?? null}
          begin={chosen}
          first={first}
          onCancel={onClose}
          onChosen={(candidate) => {
            setChosen(candidate);
            goTo({ at: 'explain', intended: candidate.account });
          }}
        />
      )}
      {view.at === 'explain' && (main === null || main.accountId === view.intended.accountId) && (
        <WhatWillHappen
          intended={view.intended}
          main={main}
          settings={status.settings}
          told={told}
          first={first}
          authorization={authorization}
          onBack={() => goTo({ at: 'choose' })}
          onBegin={(way, replacing) => void begin(way, view.intended, replacing, null, null)}
        />
      )}
      {view.at === 'explain' && main !== null && main.accountId !== view.intended.accountId && (
        <Preview
          key={view.intended.accountId}
          intended={view.intended}
          main={main}
          settings={status.settings}
          policy={policy ?? status.settings.policy}
          onPolicy={setPolicy}
          plan={plan}
          onPlan={setPlan}
          told={told}
          first={first}
          authorization={authorization}
          onBack={() => goTo({ at: 'choose' })}
          onBegin={(way, replacing, demanded, onRefused) =>
            void begin(way, view.intended, replacing, demanded.acknowledged, demanded.switchAt, onRefused)
          }
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
          policy={policy ?? status.settings.policy}
          onAgain={(intended) => (change?.handedOff ? goTo({ at: 'explain', intended }) : beginAgain(intended))}
          onAnother={() => {
            setChosen(null);
            goTo({ at: 'choose' });
          }}
          onClose={onClose}
        />
      )}
    </>
  );
}
