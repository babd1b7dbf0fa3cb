/**
 * A change that has begun and not ended.
 */
import type { ChangeView } from '../api/generated/api.ts';
import { control, say, type Phrase } from '../phrase.tsx';
import { denial } from './denial.ts';
import { handedOffSentence, handOff } from './handOff.ts';
import { outcomeSentence, type Attempt } from './outcome.ts';
import { scheduled } from './schedule.ts';
import { NOTHING_CHANGED, when, type Told } from './words.ts';

export const underWay = {
  title: (change: ChangeView): string => {
    if (change.stage.type === 'scheduled') {
      return scheduled.title;
    }
    switch (change.purpose) {
      case 'firstConnect':
        return 'Connection under way';
      case 'rollBack':
        return 'Rolling back';
      case 'changeMainUser':
      case 'reauthorize':
      case 'test':
        return 'Change under way';
    }
  },
  mine: (change: ChangeView, told: Told) => say`You began it at ${when(change.beganAt, told)}.`,
  theirs: (change: ChangeView, told: Told) => say`${change.initiator} began it at ${when(change.beganAt, told)}.`,
  open: 'Open',
  takeOver: 'Take over',
};

/** A change as its own end tells it: what came before it is not said again. */
export function attemptOf({ purpose, intended, initiator }: ChangeView): Attempt {
  return { purpose, from: null, to: intended, by: initiator };
}

/** Where a change stands, for its initiator and for others. */
export function stageSentence(change: ChangeView): Phrase {
  const { stage, intended } = change;
  switch (stage.type) {
    case 'awaitingConsent':
      return say`Waiting for ${intended} to select ${control('Allow')} in Jira.`;
    case 'handedOff':
      return handedOffSentence(change, stage.link);
    case 'verifying':
      return say`${control('Allow')} was selected. Asking Atlassian which account it was.`;
    case 'interrupted':
      return say`${control('Allow')} was selected, but the answer was lost before it was verified. ${NOTHING_CHANGED}`;
    case 'allowed':
      if (change.handedOff) {
        return change.mine
          ? say`${intended} allowed. ${NOTHING_CHANGED} Select ${control(handOff.finish)} for the checks and what comes after them.`
          : say`${intended} allowed. ${NOTHING_CHANGED} The change waits for ${change.initiator}, who began it.`;
      }
      return say`${intended} allowed. The checks come next, by themselves.`;
    case 'allowedByOther':
      return say`${stage.allowed} allowed. ${intended} was meant. ${NOTHING_CHANGED}`;
    case 'denied':
      return [...denial(stage.denial, intended), ` ${NOTHING_CHANGED}`];
    case 'expired':
      return say`Nobody allowed Integration+ as ${intended} in time. ${NOTHING_CHANGED}`;
    case 'scheduled':
      return stage.looking
        ? say`Everything is looked at once more before ${intended} becomes the main authorized user.`
        : scheduled.waits;
    case 'working':
      return stage.active
        ? say`Making ${intended} the main authorized user.`
        : goesOn(change);
    case 'undoing':
      return stage.active
        ? say`Undoing what was prepared for ${intended}.`
        : say`Undoing what was prepared for ${intended} goes on in a moment, by itself.`;
    case 'ended':
      return outcomeSentence(stage.outcome, attemptOf(change));
  }
}

/** Before the switch only its initiator carries a change on, and without them it is undone; after it whoever comes by does. */
function goesOn({ intended, initiator, mine, steps, scheduledFor }: ChangeView): Phrase {
  const switched = steps.some(({ step, state }) => step === 'switch' && state === 'done');
  // Of a scheduled change the initiator confirmed that beforehand.
  if (switched || scheduledFor !== null) {
    return say`Making ${intended} the main authorized user goes on in a moment, by itself.`;
  }
  return mine
    ? say`Making ${intended} the main authorized user goes on in a moment. Keep this page open until the switch; without it, what was prepared is undone.`
    : say`Making ${intended} the main authorized user waits for ${initiator}, who began it. Without them, what was prepared is undone and nothing changes.`;
}

export const lastChange = {
  details: 'Show details',
  dismiss: 'Dismiss',
};
