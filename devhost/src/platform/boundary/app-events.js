// @ts-check
/** `appEvents.publish`: events that an app sends to those triggers of itself that listen for them. */
import { json, readJson } from './answers.js';

/** @import { Handler } from '../boundary.js' */

/**
 * @param {{ manifest: import('../manifest.js').Manifest, deliver: import('../events.js').Deliver }} parts
 * @returns {Handler}
 */
export function openAppEvents({ manifest, deliver }) {
  return (request) => {
    const events = readJson(request)?.events;
    if (!Array.isArray(events) || events.length === 0)
      return json(400, { errorMessages: ['There are no events to publish.'] });
    const failedEvents = [];
    for (const { key } of events) {
      const name = `avi:cloud:ecosystem::event/${manifest.appId}/${key}`;
      if (manifest.publishes(key)) void deliver(name, { eventType: name });
      else failedEvents.push({ event: { key }, errorMessage: `The manifest declares no event ${key}.` });
    }
    return json(200, { failedEvents });
  };
}
