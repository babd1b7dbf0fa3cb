import { useId, type ReactNode } from 'react';
import type { Timestamp } from '../../api/generated/api.ts';
import choiceStyles from '../../Choice.module.css';
import { until as words, type Told } from '../../messages.ts';

const HOUR_MS = 3_600_000;

/** How long access is granted for; `asAsked` until when support wants it. */
export type Lasts = 'asAsked' | 'hours24' | 'hours72' | 'days7' | 'days30';

const HOURS: Readonly<Record<Exclude<Lasts, 'asAsked'>, number>> = { hours24: 24, hours72: 72, days7: 7 * 24, days30: 30 * 24 };

/** 72 hours, or what support asks for where that is less. */
export function usual(asked: Timestamp | null, now: Timestamp): Lasts {
  return asked !== null && asked - now < HOURS.hours72 * HOUR_MS ? 'asAsked' : 'hours72';
}

/** When it ends. The app's clock is a little ahead of what the page knows of it, so thirty days are never more than that. */
export function endOf(lasts: Lasts, asked: Timestamp | null, now: Timestamp): Timestamp {
  return lasts === 'asAsked' ? (asked ?? now) : Math.floor(now) + HOURS[lasts] * HOUR_MS;
}

/** Until when access is granted. */
export function UntilChoice({
  asked,
  chosen,
  told,
  isDisabled,
  onChoose,
}: {
  asked: Timestamp | null;
  chosen: Lasts;
  told: Told;
  isDisabled: boolean;
  onChoose: (lasts: Lasts) => void;
}): ReactNode {
  const id = useId();
  const offered: readonly Lasts[] = [...(asked === null ? [] : (['asAsked'] as const)), 'hours24', 'hours72', 'days7', 'days30'];
  return (
    <fieldset className={choiceStyles.choice} aria-describedby={`${id}-explanation`}>
      <legend className={choiceStyles.legend}>{words.legend}</legend>
      {offered.map((lasts) => (
        <div key={lasts} className={choiceStyles.option}>
          <input type="radio" id={`${id}-${lasts}`} name={id} checked={lasts === chosen} disabled={isDisabled} onChange={() => onChoose(lasts)} />
          <label htmlFor={`${id}-${lasts}`}>{lasts === 'asAsked' ? words.asAsked(asked ?? told.now, told) : words[lasts]}</label>
        </div>
      ))}
      <p id={`${id}-explanation`} className={choiceStyles.explanation}>
        {words.explanation}
      </p>
    </fieldset>
  );
}
