import Button from '@atlaskit/button/default/button';
import { useId, useState, type ReactNode } from 'react';
import type { SupportAccessView, Timestamp } from '../../api/generated/api.ts';
import { support as words, type Told } from '../../messages.ts';
import { when } from '../../messages/words.ts';
import { Moment } from '../../Moment.tsx';
import { moment } from '../../time.ts';
import styles from './AccountAccess.module.css';
import { Facts } from './Facts.tsx';
import { endOf, UntilChoice, usual, type Lasts } from './UntilChoice.tsx';

/** A request of support: who asks, for which ticket, why and until when, to be approved or declined. */
export function RequestCard({
  access: { at, asked },
  told,
  isDisabled,
  onApprove,
  onDecline,
}: {
  access: SupportAccessView;
  told: Told;
  isDisabled: boolean;
  onApprove: (until: Timestamp) => void;
  onDecline: () => void;
}): ReactNode {
  const id = useId();
  const wanted = asked?.until ?? null;
  const [chosen, setChosen] = useState<Lasts>(() => usual(wanted, told.now));
  if (asked === null) {
    return null;
  }
  return (
    <article className={styles.card} aria-labelledby={id}>
      <h3 id={id} className={styles.name}>
        <bdi>{asked.ticket}</bdi>
      </h3>
      <Facts
        of={[
          [words.who, <bdi key="who">{asked.who}</bdi>],
          [words.ticket, <bdi key="ticket">{asked.ticket}</bdi>],
          [words.reason, <bdi key="reason">{asked.reason}</bdi>],
          [words.wanted, moment(asked.until, told.calendar)],
          [
            words.asked,
            <Moment key="at" at={at}>
              {when(at, told)}
            </Moment>,
          ],
        ]}
      />
      <UntilChoice asked={wanted} chosen={chosen} told={told} isDisabled={isDisabled} onChoose={setChosen} />
      <div className={styles.controls}>
        <Button appearance="primary" aria-describedby={id} isDisabled={isDisabled} onClick={() => onApprove(endOf(chosen, wanted, told.now))}>
          {words.approve}
        </Button>
        <Button appearance="subtle" aria-describedby={id} isDisabled={isDisabled} onClick={onDecline}>
          {words.decline}
        </Button>
      </div>
    </article>
  );
}
