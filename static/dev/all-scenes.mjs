// @ts-check
/**
 * Every scene, and the page that it belongs to.
 * @import { Scene } from './scenes.mjs'
 */
import { SCENES } from './scenes.mjs';
import { SCENES_OF_ACCESS } from './scenes-of-access.mjs';
import { SCENES_OF_HAND_OFF } from './scenes-of-hand-off.mjs';
import { SCENES_OF_INTEGRATIONS } from './scenes-of-integrations.mjs';
import { SCENES_OF_PEOPLE } from './scenes-of-people.mjs';
import { SCENES_OF_REGISTER } from './scenes-of-register.mjs';
import { SCENES_OF_REHEARSAL } from './scenes-of-rehearsal.mjs';
import { SCENES_OF_REPORTING } from './scenes-of-reporting.mjs';
import { SCENES_OF_SCHEDULE } from './scenes-of-schedule.mjs';
import { SCENES_OF_TRIAL } from './scenes-of-trial.mjs';
import { SCENES_OF_SUPPORT } from './scenes-of-support.mjs';

/** @type {Record<string, Record<string, Scene>>} */
const BY_MODULE = {
  ...SCENES_OF_PEOPLE,
  'integration-plus': {
    ...SCENES,
    ...SCENES_OF_PEOPLE['integration-plus'],
    ...SCENES_OF_ACCESS['integration-plus'],
    ...SCENES_OF_REHEARSAL,
    ...SCENES_OF_HAND_OFF,
    ...SCENES_OF_REGISTER,
    ...SCENES_OF_SCHEDULE['integration-plus'],
    ...SCENES_OF_TRIAL,
    ...SCENES_OF_SUPPORT,
    ...SCENES_OF_REPORTING,
    ...SCENES_OF_INTEGRATIONS,
  },
  personal: { ...SCENES_OF_PEOPLE.personal, ...SCENES_OF_ACCESS.personal, ...SCENES_OF_SCHEDULE.personal },
  'issue-prompt': { ...SCENES_OF_PEOPLE['issue-prompt'], ...SCENES_OF_SCHEDULE['issue-prompt'] },
};

/**
 * @param {string} name
 * @returns {{ moduleKey: string, scene: Scene }} a scene in which nothing answers, if there is none of this name
 */
export function sceneOf(name) {
  for (const [moduleKey, scenes] of Object.entries(BY_MODULE)) {
    const scene = scenes[name];
    if (scene !== undefined) {
      return { moduleKey, scene };
    }
  }
  return { moduleKey: 'integration-plus', scene: () => 'breakdown' };
}

/** @returns {string[]} their names */
export function names() {
  return Object.values(BY_MODULE).flatMap((scenes) => Object.keys(scenes));
}
