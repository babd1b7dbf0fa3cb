// @ts-check
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { readManifest } from '../src/platform/manifest.js';
import { temporaryFolder } from './platform-host.mjs';

/** @param {import('node:test').TestContext} t @param {string} text */
function manifestOf(t, text) {
  const path = join(temporaryFolder(t), 'manifest.yml');
  writeFileSync(path, text);
  return readManifest(path);
}

test('the app’s own manifest', () => {
  const manifest = readManifest(fileURLToPath(new URL('../../manifest.yml', import.meta.url)));
  assert.deepEqual(manifest.resolverOf('integration-plus'), {
    module: { type: 'jira:adminPage', key: 'integration-plus' },
    functionKey: 'resolver',
  });
  assert.deepEqual(manifest.functions.get('redirect-handler'), {
    key: 'redirect-handler',
    file: 'index.cjs',
    exportName: 'redirect',
    timeoutSeconds: undefined,
  });
  assert.deepEqual(manifest.egress, ['https://auth.atlassian.com', 'https://api.atlassian.com']);
  assert.deepEqual(manifest.entities.get('session')?.attributes, { revision: 'integer', document: 'any' });
  assert.deepEqual(manifest.entities.get('grant')?.indexes.at(-1), { name: 'by-label-since', partition: ['label'], range: 'since' });
  assert.deepEqual(manifest.consumers, [{ key: 'work', functionKey: 'work-handler', queue: 'work', method: undefined }]);
  assert.ok(manifest.hasScope('storage:app'));
  assert.equal(manifest.backgroundTimeout('upkeep-handler'), 55_000);
});

test('scopes as a map, addresses in every form, indexes with partitions', (t) => {
  const manifest = manifestOf(
    t,
    `
app:
  id: ari:cloud:ecosystem::app/x
  licensing: { enabled: true }
  storage:
    entities:
      - name: thing
        attributes: { a: { type: string }, b: { type: float } }
        indexes: [a, { name: both, partition: [a], range: [b] }]
permissions:
  scopes: { read:jira-work: { allowImpersonation: true }, storage:app: {} }
  external: { fetch: { backend: [https://one.example, { address: '*.two.example' }, { remote: three }] } }
remotes: [{ key: three, baseUrl: https://three.example }]
`,
  );
  assert.deepEqual(manifest.scopes, ['read:jira-work', 'storage:app']);
  assert.equal(manifest.allowsImpersonation, true);
  assert.equal(manifest.licensed, true);
  assert.equal(manifest.memoryMB, 512);
  assert.deepEqual(manifest.egress, ['https://one.example', '*.two.example', 'https://three.example']);
  assert.deepEqual(manifest.entities.get('thing')?.indexes, [
    { name: 'a', partition: [], range: 'a' },
    { name: 'both', partition: ['a'], range: 'b' },
  ]);
});

test('a module that names a function which is not there is a mistake from the start', (t) => {
  assert.throws(
    () => manifestOf(t, 'app: { id: x }\nmodules: { webtrigger: [{ key: hook, function: gone }] }'),
    /webtrigger hook names the function gone/,
  );
});
