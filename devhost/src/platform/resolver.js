// @ts-check
/** Calls from the panel: the resolver of the module that the caller looks at. */
import { failure } from './isolate.js';
import { INVOCATION } from './limits.js';

/** @import { Result } from './isolate.js' */

/**
 * @typedef {object} ResolverCall
 * @property {string} functionKey the name that the panel gives to `invoke`: a definition of the resolver
 * @property {unknown} [payload]
 * @property {{ moduleKey: string } & Record<string, unknown>} context what the bridge gives as `getContext`
 * @property {string} [accountId] who is signed in to Jira
 */

/** @typedef {(call: ResolverCall) => Promise<Result>} InvokeResolver never rejects for what the app does */

/**
 * @param {{ manifest: import('./manifest.js').Manifest, invoke: import('./invoker.js').Invoke }} parts
 * @returns {InvokeResolver}
 */
export function openResolver({ manifest, invoke }) {
  return async ({ functionKey, payload, context, accountId }) => {
    const resolver = manifest.resolverOf(context.moduleKey);
    if (!resolver) throw new RangeError(`The manifest has no module ${context.moduleKey} with a resolver.`);
    if (Buffer.byteLength(JSON.stringify(payload) ?? '') > INVOCATION.requestBytes) {
      return failure('PAYLOAD_TOO_LARGE', `The request is larger than ${INVOCATION.requestBytes} bytes.`);
    }
    return invoke({
      functionKey: resolver.functionKey,
      module: resolver.module,
      payload: { call: { functionKey, payload }, context },
      timeoutMs: INVOCATION.resolverTimeout,
      accountId,
    });
  };
}
