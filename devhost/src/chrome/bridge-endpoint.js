// @ts-check
/**
 * The server's end of the bridge. The page says which module it shows and where; what that means is found out here, and
 * never taken from the page.
 *
 * @import { Manifest } from '../platform/manifest.js'
 * @import { InvokeResolver } from '../platform/resolver.js'
 * @import { Exchange } from './exchange.js'
 * @import { UiModule } from './modules.js'
 * @import { Person } from './people.js'
 * @import { AskJira } from './site.js'
 * @import { PlacedSite } from './sites.js'
 */
import { INVOCATION } from '../platform/limits.js';
import { invoke } from './custom-ui/invoke.js';
import { fetchProduct } from './custom-ui/product.js';
import { Refusal } from './exchange.js';
import { isOnIssues } from './modules.js';
import { withLocalPictures } from './pictures.js';
import { Site } from './site.js';
import { moduleContext } from './slots.js';

/** What goes with a payload over the bridge takes far less than the payload itself may. */
const REQUEST_LIMIT = 2 * INVOCATION.requestBytes;

/**
 * @param {object} parts
 * @param {string} parts.origin of the chrome
 * @param {{ manifest: Manifest, app: { appId: string, environmentId: string }, invokeResolver: InvokeResolver }} parts.platform
 * @param {UiModule[]} parts.modules
 * @param {(cloudId: string, accountId: string) => AskJira} parts.asPerson
 * @param {(cloudId: string, accountId: string) => AskJira} parts.asApp
 */
export function createBridgeEndpoint({ origin, platform, modules, asPerson, asApp }) {
  const { manifest, app, invokeResolver } = platform;

  /**
   * @param {Exchange} exchange
   * @param {Person} person
   * @param {PlacedSite} placed with the app
   */
  return async (exchange, person, placed) => {
    const request = /** @type {Record<string, any>} */ (await exchange.json(REQUEST_LIMIT));
    const module = modules.find(({ key }) => key === request.moduleKey);
    if (module === undefined) throw new Refusal(404, 'The app has no such module.');

    switch (exchange.url.pathname) {
      case '/_forge/product':
        return send(exchange, 200, await fetchProduct(asApp(placed.cloudId, person.accountId), manifest.hasScope, request));
      case '/_forge/invoke': {
        if (manifest.resolverOf(module.key) === undefined) throw new Refusal(404, 'The module has no resolver.');
        const site = new Site(placed, asPerson(placed.cloudId, person.accountId));
        const issueKey = request.place?.issueKey;
        const issue = isOnIssues(module) && typeof issueKey === 'string' ? await site.issue(issueKey) : null;
        const context = moduleContext({ module, site, person, app, issue, modal: request.modal });
        const { functionKey, payload } = request;
        const { status, answer } = await invoke({ invokeResolver, functionKey, payload, context });
        return send(exchange, status, answer);
      }
      default:
        throw new Refusal(404, 'The bridge has no such call.');
    }
  };

  /**
   * @param {Exchange} exchange
   * @param {number} status
   * @param {unknown} value
   */
  function send(exchange, status, value) {
    const json = withLocalPictures(JSON.stringify(value), origin);
    exchange.send(status, { 'content-type': 'application/json; charset=utf-8' }, json);
  }
}
