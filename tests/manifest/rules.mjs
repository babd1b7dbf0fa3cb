// @ts-check
// What Atlassian's validation lets pass and a deployment or a first invocation would stumble over. Each rule answers
// with its complaints.

/** Names of the events of an app's own life. `@forge/manifest` lists product events only. */
export const LIFECYCLE = ['avi:forge:installed:app', 'avi:forge:upgraded:app'];

/** Seconds that a function may take behind the given kind of module, unless it asks for more itself. */
const LONGEST = { webtrigger: 55, resolver: 25 };

/**
 * The modules of a type; `any`, because each type has a shape of its own and Atlassian's schema has checked them.
 * @param {any} manifest
 * @param {string} type
 * @returns {any[]}
 */
const modules = (manifest, type) => manifest.modules[type] ?? [];

/**
 * @param {any} manifest
 * @param {string[]} productEvents
 */
export const unknownEvents = (manifest, productEvents) =>
  modules(manifest, 'trigger')
    .flatMap(({ events }) => events)
    .filter((/** @type {string} */ event) => !LIFECYCLE.includes(event) && !productEvents.includes(event))
    .map((/** @type {string} */ event) => `There is no event ${event}.`);

/**
 * @param {any} manifest
 * @param {string} host source of `src/host.js`
 */
export const storageWithoutScope = (manifest, host) =>
  host.includes("'@forge/kvs'") && !manifest.permissions.scopes.includes('storage:app')
    ? ['@forge/kvs is used, and storage:app is not among the scopes.']
    : [];

/**
 * @param {any} manifest
 * @param {string[]} exports of `src/index.js`
 */
export const handlersWithoutExport = (manifest, exports) =>
  modules(manifest, 'function')
    .map(({ handler }) => handler.split('.'))
    .filter(([file, name]) => file !== 'index' || !exports.includes(name))
    .map(([file, name]) => `src/${file}.js exports no ${name}.`);

/**
 * @param {any} manifest
 * @param {string[]} exports of `src/index.js`
 */
export const exportsWithoutHandler = (manifest, exports) => {
  const handlers = modules(manifest, 'function').map(({ handler }) => handler);
  return exports.filter((name) => !handlers.includes(`index.${name}`)).map((name) => `No function has the handler index.${name}.`);
};

/** @param {any} manifest */
export function functionsThatMayRunTooLong(manifest) {
  const seconds = Object.fromEntries(modules(manifest, 'function').map(({ key, timeoutSeconds }) => [key, timeoutSeconds]));
  const triggers = modules(manifest, 'webtrigger').map(({ key, function: name }) => ({ key, name, longest: LONGEST.webtrigger }));
  const pages = modules(manifest, 'jira:adminPage').map(({ key, resolver }) => ({
    key,
    name: resolver.function,
    longest: LONGEST.resolver,
  }));
  return [...triggers, ...pages]
    .filter(({ name, longest }) => seconds[name] > longest)
    .map(({ key, longest }) => `${key} is cut off after ${longest} seconds, whatever its function asks for.`);
}

/** @param {any} manifest */
export function schedulesBeyondForges(manifest) {
  const schedules = modules(manifest, 'scheduledTrigger');
  const often = schedules.filter(({ interval }) => interval === 'fiveMinute');
  return [
    ...(schedules.length > 5 ? ['Forge takes five scheduled triggers.'] : []),
    ...(often.length > 1 ? ['Forge takes one scheduled trigger every five minutes.'] : []),
  ];
}

/**
 * Web triggers answer with what the function says, and anybody may call them: a static answer would name outputs.
 * @param {any} manifest
 */
export const webTriggersThatImprovise = (manifest) =>
  modules(manifest, 'webtrigger')
    .filter(({ response }) => response?.type !== 'dynamic')
    .map(({ key }) => `${key} does not say that its response is dynamic.`);

/**
 * @param {any} manifest
 * @param {string[]} origins that the app names in its source
 */
export function egressAmiss(manifest, origins) {
  const listed = (manifest.permissions.external?.fetch?.backend ?? []).map((/** @type {any} */ { address }) => address);
  return [
    ...origins.filter((origin) => !listed.includes(origin)).map((origin) => `The app asks ${origin}, and may not.`),
    ...listed.filter((/** @type {string} */ origin) => !origins.includes(origin)).map((/** @type {string} */ origin) => `Nothing asks ${origin}.`),
  ];
}

/**
 * Custom UI may run its own scripts and nothing that is made at run time.
 * @param {any} manifest
 */
export const scriptsThatAreLetIn = (manifest) =>
  (manifest.permissions.content?.scripts ?? []).map((/** @type {string} */ source) => `Scripts from ${source} are let in.`);
