import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import type { Person } from '../api/generated/api.ts';
import { dialog, mismatch as words } from '../messages.ts';
import { Say } from '../phrase.tsx';
import { Acknowledgement } from '../rehearsal/Acknowledgement.tsx';
import { outdated } from '../rehearsal/outdated.ts';
import { RehearsalView } from '../rehearsal/RehearsalView.tsx';
import { useAcknowledged } from '../rehearsal/useAcknowledged.ts';
import { useRehearser } from '../rehearsal/useRehearser.ts';
import type { Following } from './Follow.tsx';
import { StepView } from './StepView.tsx';
import { TroubleInSight } from './TroubleInSight.tsx';

/** What the change would do with the account that allowed, before it is taken instead of the one that was meant. */
export function PreviewOther({
  change,
  allowed,
  told,
  policy,
  first,
  asking: { ask, asking, trouble },
  onBack,
}: Following & { allowed: Person; onBack: () => void }): ReactNode {
  const { rehearser, known } = useRehearser(allowed.accountId);
  const acknowledged = useAcknowledged(known);
  const busy = asking !== null;
  /** The refusal that leads to a new result: it stands over that. */
  const news = trouble?.from === 'app' && outdated(trouble.error) ? trouble : null;
  const accept = () => {
    const demanded = acknowledged.demand();
    if (demanded === null) {
      return;
    }
    void ask({ type: 'acceptAccount', change: change.key, accountId: allowed.accountId, ...demanded }, (refusal) => {
      if (refusal.from === 'app' && outdated(refusal.error)) {
        rehearser.anew();
      }
      return false;
    });
  };
  return (
    <StepView
      title={words.preview(allowed)}
      first={first}
      controls={
        <>
          <Button appearance="subtle" onClick={onBack} isDisabled={busy}>
            {dialog.back}
          </Button>
          <Button appearance="primary" onClick={accept} isLoading={asking === 'acceptAccount'} isDisabled={acknowledged.rehearsal === null}>
            {words.accept(allowed)}
          </Button>
        </>
      }
    >
      <p>
        <Say phrase={words.text(allowed, change.intended)} />
      </p>
      {news !== null && <TroubleInSight trouble={news} told={told} />}
      <RehearsalView rehearser={rehearser} known={known} policy={policy} />
      <Acknowledgement acknowledged={acknowledged} />
      {trouble !== null && news === null && <TroubleInSight trouble={trouble} told={told} />}
    </StepView>
  );
}
