// @ts-check
/** Reads manifest.yml once and answers the questions the platform has about it. The file itself is checked elsewhere. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { INVOCATION } from './limits.js';

/**
 * @typedef {'string' | 'boolean' | 'integer' | 'float' | 'any'} AttributeType
 * @typedef {{ name: string, partition: string[], range?: string }} Index
 * @typedef {{ name: string, attributes: Record<string, AttributeType>, indexes: Index[] }} Entity
 * @typedef {{ type: string, key: string }} ModuleName
 * @typedef {{ key: string, file: string, exportName: string, timeoutSeconds?: number }} AppFunction
 * @typedef {{ key: string, functionKey: string, static: boolean, outputs: Record<string, any>[] }} WebTrigger
 * @typedef {{ key: string, functionKey: string, interval: string }} ScheduledTrigger
 * @typedef {{ key: string, functionKey: string, queue: string, method?: string }} Consumer
 */

/**
 * @typedef {object} Manifest
 * @property {string} appId the UUID within the app's ARI
 * @property {string} [name] the title of the app, where the manifest has one
 * @property {boolean} licensed whether the app asks for a licence
 * @property {number} memoryMB
 * @property {Record<string, any>} permissions as written: what `getAppContext()` shows
 * @property {string[]} scopes
 * @property {(scope: string) => boolean} hasScope
 * @property {boolean} allowsImpersonation whether any scope permits acting for a user who is not there
 * @property {string[]} egress addresses that functions may call
 * @property {Map<string, Entity>} entities
 * @property {Map<string, AppFunction>} functions
 * @property {WebTrigger[]} webTriggers
 * @property {ScheduledTrigger[]} scheduledTriggers
 * @property {Consumer[]} consumers
 * @property {(event: string) => { module: ModuleName, functionKey: string }[]} triggersOf
 * @property {(eventKey: string) => boolean} publishes whether the app declares this event of its own
 * @property {(moduleKey: string) => { module: ModuleName, functionKey: string } | undefined} resolverOf of a module with a user interface
 * @property {(functionKey: string) => number} backgroundTimeout milliseconds, for consumers and scheduled triggers
 * @property {Record<string, any>} document the parsed file
 */

/**
 * @param {string} path
 * @returns {Manifest}
 */
export function readManifest(path) {
  const document = parse(readFileSync(path, 'utf8'));
  const modules = /** @type {Record<string, any[]>} */ (document.modules ?? {});
  const of = (/** @type {string} */ type) => modules[type] ?? [];
  const functions = new Map(of('function').map((entry) => [entry.key, readFunction(entry)]));
  const { scopes, allowsImpersonation } = readScopes(document.permissions?.scopes);
  checkReferences(modules, functions);

  return {
    appId: String(document.app.id).split('/').at(-1) ?? '',
    name: document.app.name,
    licensed: document.app.licensing?.enabled === true,
    memoryMB: document.app.runtime?.memoryMB ?? INVOCATION.defaultMemoryMB,
    permissions: document.permissions ?? {},
    scopes,
    hasScope: (scope) => scopes.includes(scope),
    allowsImpersonation,
    egress: readEgress(document),
    entities: new Map(
      (document.app.storage?.entities ?? []).map((/** @type {any} */ entry) => [entry.name, readEntity(entry)]),
    ),
    functions,
    webTriggers: of('webtrigger').map((entry) => ({
      key: entry.key,
      functionKey: entry.function,
      static: entry.response?.type === 'static',
      outputs: entry.response?.outputs ?? [],
    })),
    scheduledTriggers: of('scheduledTrigger').map((entry) => ({
      key: entry.key,
      functionKey: entry.function,
      interval: entry.interval,
    })),
    consumers: of('consumer').map((entry) => ({
      key: entry.key,
      functionKey: entry.function ?? entry.resolver?.function,
      queue: entry.queue,
      method: entry.resolver?.method,
    })),
    triggersOf: (event) =>
      of('trigger')
        .filter((entry) => entry.events.includes(event))
        .map((entry) => ({ module: { type: 'trigger', key: entry.key }, functionKey: entry.function })),
    publishes: (eventKey) => of('event').some(({ key }) => key === eventKey),
    resolverOf(moduleKey) {
      for (const [type, entries] of Object.entries(modules)) {
        const entry = entries.find(({ key, resolver }) => key === moduleKey && resolver?.function);
        if (entry && type !== 'consumer')
          return { module: { type, key: moduleKey }, functionKey: entry.resolver.function };
      }
      return undefined;
    },
    backgroundTimeout(functionKey) {
      const seconds = functions.get(functionKey)?.timeoutSeconds;
      return seconds === undefined ? INVOCATION.backgroundTimeout : seconds * 1000;
    },
    document,
  };
}

/**
 * @param {Record<string, any[]>} modules
 * @param {Map<string, AppFunction>} functions
 * @throws {Error} when a module names a function that is not there
 */
function checkReferences(modules, functions) {
  for (const [type, entries] of Object.entries(modules)) {
    for (const entry of entries) {
      const named = entry.function ?? entry.resolver?.function;
      if (named !== undefined && !functions.has(named)) {
        throw new Error(
          `The manifest's ${type} ${entry.key} names the function ${named}, which the manifest does not have.`,
        );
      }
    }
  }
}

/**
 * @param {{ key: string, handler: string, timeoutSeconds?: number }} entry
 * @returns {AppFunction}
 */
function readFunction({ key, handler, timeoutSeconds }) {
  const dot = handler.lastIndexOf('.');
  return { key, file: `${handler.slice(0, dot)}.cjs`, exportName: handler.slice(dot + 1), timeoutSeconds };
}

/** @param {string[] | Record<string, { allowImpersonation?: boolean }> | undefined} scopes a list, or a map with settings */
function readScopes(scopes = []) {
  if (Array.isArray(scopes)) return { scopes, allowsImpersonation: false };
  return {
    scopes: Object.keys(scopes),
    allowsImpersonation: Object.values(scopes).some((settings) => settings?.allowImpersonation === true),
  };
}

/** @param {Record<string, any>} document */
function readEgress(document) {
  const entries = /** @type {(string | { address?: string, remote?: string })[]} */ (
    document.permissions?.external?.fetch?.backend ?? []
  );
  const remotes = /** @type {{ key: string, baseUrl: string }[]} */ (document.remotes ?? []);
  return entries.flatMap((entry) => {
    if (typeof entry === 'string') return [entry];
    if (entry.address) return [entry.address];
    return remotes.filter(({ key }) => key === entry.remote).map(({ baseUrl }) => baseUrl);
  });
}

/**
 * @param {Record<string, any>} entry
 * @returns {Entity}
 */
function readEntity({ name, attributes, indexes = [] }) {
  return {
    name,
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([attribute, { type }]) => [attribute, /** @type {AttributeType} */ (type)]),
    ),
    indexes: indexes.map((/** @type {any} */ index) =>
      typeof index === 'string'
        ? { name: index, partition: [], range: index }
        : { name: index.name, partition: index.partition ?? [], range: index.range?.[0] },
    ),
  };
}
