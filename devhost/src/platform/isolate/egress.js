// @ts-check
/** Lets the bundle reach the addresses of the manifest and no others, by `fetch` or by any other way. */
import net from 'node:net';
import egress from '@forge/egress';

/** The name, the status and the words of the class that `@forge/api` exports for this refusal. */
class ExternalEndpointNotAllowedError extends Error {
  /** @param {string} url */
  constructor(url) {
    super(
      `URL not included in the external fetch backend permissions: ${url}. Visit go.atlassian.com/forge-egress for more information.`,
    );
    this.name = 'REQUEST_EGRESS_ALLOWLIST_ERR';
    this.status = 403;
  }
}

/**
 * @param {string[]} addresses
 * @param {() => void} count called once a request; throws when there were too many
 * @returns {typeof globalThis.fetch}
 */
export function filteredFetch(addresses, count) {
  const filter = new egress.EgressFilteringService(addresses);
  const fetch = globalThis.fetch;
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input)).href;
    if (!filter.isValidUrl(url)) throw new ExternalEndpointNotAllowedError(url);
    count();
    try {
      return await fetch(input, init);
    } catch (error) {
      // A redirect to an address outside of the list is refused below, by the socket.
      const cause = /** @type {{ cause?: unknown }} */ (error).cause;
      throw cause instanceof ExternalEndpointNotAllowedError ? cause : error;
    }
  };
}

/**
 * Refuses connections of this thread, so that neither a redirect nor `node:http` leads round the list.
 * @param {string[]} addresses
 */
export function guardSockets(addresses) {
  const filter = new egress.EgressFilteringService(addresses.map(hostAndPort));
  const connect = net.Socket.prototype.connect;
  /** @param {any[]} values @this {net.Socket} */
  net.Socket.prototype.connect = function guarded(...values) {
    const { host, port, path } = destination(values);
    const address = path ?? `tcp://${host}:${port}`;
    if (path !== undefined || !filter.isValidUrl(address)) {
      throw new ExternalEndpointNotAllowedError(address);
    }
    return /** @type {any} */ (connect).apply(this, values);
  };
}

/** @param {string} address @returns {string} the address as a socket sees it */
function hostAndPort(address) {
  const parts = /^(?:([a-z]+:)\/\/)?([^/:]+)(?::(\d+))?/.exec(address);
  if (!parts || address === '*') return address;
  const [, protocol, host, port] = parts;
  return `tcp://${host}:${port ?? (protocol === 'http:' ? 80 : 443)}`;
}

/**
 * The arguments of `connect`, of which the first may be a list that node has made of them before.
 * @param {any[]} values
 * @returns {{ host: string, port: number, path?: string }}
 */
function destination(values) {
  const [first, second] = Array.isArray(values[0]) ? values[0] : values;
  if (typeof first === 'object' && first !== null)
    return { host: first.host ?? 'localhost', port: first.port, path: first.path ?? undefined };
  if (typeof first === 'string' && Number.isNaN(Number(first))) return { host: '', port: 0, path: first };
  return { host: typeof second === 'string' ? second : 'localhost', port: Number(first) };
}
