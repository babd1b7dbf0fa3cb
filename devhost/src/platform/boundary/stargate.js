// @ts-check
/** Atlassian's API gateway as the SDKs use it: GraphQL for web trigger addresses, the queue, and app events. */
import { proxyError } from './answers.js';

/** @import { Handler } from '../boundary.js' */

const QUEUE_SUFFIX = '/{contextAri}/{environmentId}/{appId}/{appVersion}';

/**
 * @param {{ graphql: Handler, queue: Record<'publish' | 'stats' | 'cancel', Handler>, appEvents: Handler }} handlers
 * @returns {Handler}
 */
export function openStargate({ graphql, queue, appEvents }) {
  /** @type {Map<string, Handler>} */
  const routes = new Map([
    ['/graphql', graphql],
    ['/forge/events/v1/app-events', appEvents],
    // The SDK sends the braces as they are; the platform knows what belongs there.
    [`/webhook/queue/publish${QUEUE_SUFFIX}`, queue.publish],
    [`/webhook/queue/stats${QUEUE_SUFFIX}`, queue.stats],
    [`/webhook/queue/cancel${QUEUE_SUFFIX}`, queue.cancel],
  ]);
  return (request, caller) => {
    const route = routes.get(request.path);
    if (!route || request.method !== 'POST') return proxyError(404, 'UNSUPPORTED_BY_LOCAL_JIRA');
    return route(request, caller);
  };
}
