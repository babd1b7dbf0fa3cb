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
  const pages = Object.keys(manifest.modules)
    .flatMap((type) => modules(manifest, type))
    .filter(({ resolver }) => resolver !== undefined)
    .map(({ key, resolver }) => ({ key, name: resolver.function, longest: LONGEST.resolver }));
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
 * @param {any} manifest
 * @param {string[]} names of the entities that the app names in its source
 */
export function entitiesAmiss(manifest, names) {
  const declared = manifest.app.storage.entities.map((/** @type {any} */ { name }) => name);
  return [
    ...names.filter((name) => !declared.includes(name)).map((name) => `The app stores a ${name}, which is not declared.`),
    ...declared.filter((/** @type {string} */ name) => !names.includes(name)).map((/** @type {string} */ name) => `Nothing stores a ${name}.`),
  ];
}

/**
 * @param {any} manifest
 * @param {{ index: string, partition: string, range: string }[]} asked indexes of grants that the app asks for
 */
export function indexesAmiss(manifest, asked) {
  const { attributes, indexes } = manifest.app.storage.entities.find((/** @type {any} */ { name }) => name === 'grant');
  const found = indexes.filter((/** @type {any} */ index) => typeof index === 'object');
  const fits = (/** @type {any} */ { name, partition, range }, /** @type {typeof asked[number]} */ wanted) =>
    name === wanted.index && String(partition) === wanted.partition && String(range) === wanted.range;
  const milliseconds = attributes.since?.type === 'float' ? [] : ['No integer of Forge’s holds the milliseconds of `since`.'];
  return [
    ...asked.filter((wanted) => !found.some((/** @type {any} */ index) => fits(index, wanted))).map(({ index }) => `Grants have no index ${index} as the app asks for it.`),
    ...milliseconds,
  ];
}

/**
 * @param {any} manifest
 * @param {string[]} queues that the app pushes to
 */
export function queuesAmiss(manifest, queues) {
  const consumed = modules(manifest, 'consumer').map(({ queue }) => queue);
  return [
    ...queues.filter((queue) => !consumed.includes(queue)).map((queue) => `Nobody consumes the queue ${queue}.`),
    ...consumed.filter((queue) => !queues.includes(queue)).map((queue) => `Nothing is pushed to the queue ${queue}.`),
  ];
}

/**
 * An icon of the app's own is a file of one of its resources.
 * @param {any} manifest
 * @param {(path: string) => boolean} exists
 */
export function iconsThatAreMissing(manifest, exists) {
  const folders = Object.fromEntries(manifest.resources.map((/** @type {any} */ { key, path }) => [key, path]));
  return Object.keys(manifest.modules)
    .flatMap((type) => modules(manifest, type))
    .flatMap(({ key, icon }) => (typeof icon === 'string' ? [{ key, icon }] : []))
    .filter(({ icon }) => {
      const [, resource = '', file = ''] = /^resource:([\w-]+);(.+)$/.exec(icon) ?? [];
      return !(resource in folders) || !exists(`${folders[resource]}/${file}`);
    })
    .map(({ key, icon }) => `The icon of ${key}, ${icon}, is no file of a resource.`);
}

/**
 * Opening issues is what people do most: one frame of the app must be enough to know whether a prompt is due.
 * @param {any} manifest
 */
export const scriptsThatRunTwice = (manifest) =>
  modules(manifest, 'jira:issueViewBackgroundScript').length === 0
    ? []
    : modules(manifest, 'jira:globalBackgroundScript')
        .filter(({ experience }) => experience.includes('all') || experience.includes('issue-view'))
        .map(({ key }) => `${key} runs on issues, which have a background script of their own.`);

/**
 * Custom UI may run its own scripts and nothing that is made at run time.
 * @param {any} manifest
 */
export const scriptsThatAreLetIn = (manifest) =>
  (manifest.permissions.content?.scripts ?? []).map((/** @type {string} */ source) => `Scripts from ${source} are let in.`);
