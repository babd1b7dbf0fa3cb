// @ts-check
/** Sends what an SDK asks through `__forge_fetch__` to the part of the platform that answers it. */
import { proxyError } from './boundary/answers.js';

/** @import { Answer, BoundaryRequest } from './isolate/messages.js' */

/**
 * Who asks. The platform knows it from the invocation; nothing of it comes from the worker.
 * @typedef {object} Caller
 * @property {string} [accountId] of the person behind the invocation
 * @property {number} cycle how many queue events led to this invocation, one from the other
 */

/** @typedef {(request: BoundaryRequest, caller: Caller) => Promise<Answer> | Answer} Handler */

/**
 * @param {{ storage: Handler, jira: Handler, stargate: Handler }} handlers
 * @returns {(request: BoundaryRequest, caller: Caller) => Promise<Answer>}
 */
export function openBoundary({ storage, jira, stargate }) {
  return async (request, caller) => {
    const { type, remote } = request.options;
    if (type === 'kvs') return storage(request, caller);
    if (type === 'fpp' && remote === 'jira') return jira(request, caller);
    if (type === 'fpp' && remote === 'stargate') return stargate(request, caller);
    // `withContext` names no remote; the context says which product is meant, and this site is a Jira.
    if (type === 'fpp' && request.options.contextAri?.startsWith('ari:cloud:jira::site/')) return jira(request, caller);
    if (type === 'frc') return proxyError(400, 'INVALID_REMOTE');
    if (type === 'fcc') return proxyError(400, 'INVALID_SERVICE_KEY');
    return proxyError(404, 'UNSUPPORTED_BY_LOCAL_JIRA');
  };
}
