// @ts-check
// Our own rules for the manifest, each once on the committed manifest and once on a planted fault.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { inClone, manifest, root, withFault } from './app-folder.mjs';
import * as rules from './rules.mjs';

const require = createRequire(import.meta.url);
const source = (/** @type {string} */ path) => readFileSync(join(root, path), 'utf8');

// The list is not among the package's exports, but in its files.
const mapping = join(dirname(require.resolve('@forge/manifest')), 'mapping/product-event-to-scope-mapping.json');
const productEvents = JSON.parse(readFileSync(mapping, 'utf8')).mapping.map((/** @type {any} */ { productEvent }) => productEvent);

const handlers = [...source('src/index.js').matchAll(/^export const (\w+)/gm)].map(([, name]) => String(name));
const origins = [...new Set([...source('src/tenant.rs').matchAll(/"(https:\/\/[\w.-]+)"/g)].map(([, origin]) => String(origin)))];
const named = /fn name\(self\) -> &'static str \{\s*match self \{([^}]+)\}/.exec(source('src/ports.rs'))?.[1] ?? '';
const entities = [...named.matchAll(/"([\w-]+)"/g)].map(([, name]) => String(name));
const queues = [...source('src/host.js').matchAll(/new Queue\(\{ key: '([\w-]+)' \}\)/g)].map(([, queue]) => String(queue));
/** What `people` of `src/host.js` may ask for. */
const indexes = ['everyone', 'label'].flatMap((partition) =>
  ['name', 'since'].map((range) => ({ index: partition === 'label' ? `by-label-${range}` : `by-${range}`, partition, range })),
);

/**
 * @type {{ rule: string, complaints: (manifest: any) => string[], sound: string | RegExp, faulty: string }[]}
 */
const cases = [
  {
    rule: 'every event exists',
    complaints: (given) => rules.unknownEvents(given, productEvents),
    sound: 'avi:forge:installed:app',
    faulty: 'avi:jira:nonsense:issue',
  },
  {
    rule: 'storage has its scope',
    complaints: (given) => rules.storageWithoutScope(given, source('src/host.js')),
    sound: '- storage:app',
    faulty: '- read:jira-work',
  },
  {
    rule: 'every handler is exported',
    complaints: (given) => rules.handlersWithoutExport(given, handlers),
    sound: 'handler: index.delivery',
    faulty: 'handler: index.deliver',
  },
  {
    rule: 'every export of index.js is a handler',
    complaints: (given) => rules.exportsWithoutHandler(given, handlers),
    sound: 'handler: index.delivery',
    faulty: 'handler: index.redirect',
  },
  {
    rule: 'no function asks for more time than its module gives',
    complaints: rules.functionsThatMayRunTooLong,
    sound: 'handler: index.resolver',
    faulty: 'handler: index.resolver\n      timeoutSeconds: 60',
  },
  {
    rule: 'web triggers answer for themselves',
    complaints: rules.webTriggersThatImprovise,
    sound: 'response: { type: dynamic }',
    faulty: 'response: { type: static, outputs: [] }',
  },
  {
    rule: 'the app may ask exactly the hosts that its source names',
    complaints: (given) => rules.egressAmiss(given, origins),
    sound: '- address: https://auth.atlassian.com',
    faulty: '- address: https://auth.example.com',
  },
  {
    rule: 'the panel runs its own scripts only',
    complaints: rules.scriptsThatAreLetIn,
    sound: 'styles: [unsafe-inline]',
    faulty: 'styles: [unsafe-inline]\n    scripts: [unsafe-eval]',
  },
  {
    rule: 'every entity that the app stores is declared',
    complaints: (given) => rules.entitiesAmiss(given, entities),
    sound: '- name: tally',
    faulty: '- name: shards',
  },
  {
    rule: 'grants are indexed as the app lists them',
    complaints: (given) => rules.indexesAmiss(given, indexes),
    sound: 'name: by-label-since, partition: [label], range: [since]',
    faulty: 'name: by-label-since, partition: [label], range: [name]',
  },
  {
    rule: 'a moment fits into its attribute',
    complaints: (given) => rules.indexesAmiss(given, indexes),
    sound: 'since: { type: float }',
    faulty: 'since: { type: integer }',
  },
  {
    rule: 'what is pushed to a queue is consumed',
    complaints: (given) => rules.queuesAmiss(given, queues),
    sound: 'queue: work',
    faulty: 'queue: works',
  },
  {
    rule: 'an icon is a file of the app',
    complaints: (given) => rules.iconsThatAreMissing(given, (path) => existsSync(join(root, path))),
    sound: 'icon: resource:panel;icon.svg',
    faulty: 'icon: resource:panel;missing.svg',
  },
  {
    rule: 'opening an issue starts one background script',
    complaints: rules.scriptsThatRunTwice,
    sound: 'experience: [dashboard, board]',
    faulty: 'experience: [all]',
  },
  {
    rule: 'no page asks for more time than a resolver gets',
    complaints: rules.functionsThatMayRunTooLong,
    sound: /key: personal([^]+?)function: resolver/,
    faulty: 'key: personal$1function: upkeep-handler',
  },
  {
    rule: 'schedules stay within Forge’s limits',
    complaints: rules.schedulesBeyondForges,
    sound: /(\n {4}- key: )(upkeep)(\n {6}function: [\w-]+\n {6}interval: )\w+/,
    faulty: '$1$2$3fiveMinute$1second$3fiveMinute',
  },
];

for (const { rule, complaints, sound, faulty } of cases) {
  test(rule, async () => assert.deepEqual(complaints(await inClone(manifest)), []));
  test(`not so with a fault: ${rule}`, async () => {
    assert.notDeepEqual(complaints(await withFault(sound, faulty, manifest)), []);
  });
}

test('the lists that the rules compare with are not empty', () => {
  assert.ok(productEvents.includes('avi:jira:created:issue'));
  assert.ok(handlers.includes('resolver'));
  assert.ok(origins.includes('https://api.atlassian.com'));
  assert.ok(entities.includes('grant'));
  assert.deepEqual(queues, ['work']);
});
