// @ts-check
/** Delivers an event to every trigger of the manifest that listens for it. */
import { INVOCATION } from './limits.js';

/** @import { Result } from './isolate.js' */

/** @typedef {(event: string, payload: unknown) => Promise<Result[]>} Deliver the results of the triggers, in the order of the manifest */

/**
 * @param {{ manifest: import('./manifest.js').Manifest, invoke: import('./invoker.js').Invoke }} parts
 * @returns {Deliver}
 */
export function openEvents({ manifest, invoke }) {
  return (event, payload) =>
    Promise.all(
      manifest
        .triggersOf(event)
        .map(({ module, functionKey }) =>
          invoke({ functionKey, module, payload, timeoutMs: INVOCATION.triggerTimeout }),
        ),
    );
}
