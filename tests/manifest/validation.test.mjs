// @ts-check
// The manifest passes Atlassian's own validation, the one that `forge deploy` begins with.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inClone, validate, withFault } from './app-folder.mjs';

/** @param {{ errors?: { message: string }[] }} result */
const messages = ({ errors = [] }) => errors.map(({ message }) => message).join('\n');

for (const type of /** @type {const} */ (['FULL', 'PRODUCT_TRIGGER'])) {
  test(`the manifest passes ${type}`, async () => {
    const result = await inClone(() => validate(type));
    assert.ok(result.success, messages(result));
  });
}

/** @type {{ fault: string, sound: string | RegExp, faulty: string, said: RegExp }[]} */
const faults = [
  { fault: 'a retired runtime', sound: 'nodejs22.x', faulty: 'nodejs18.x', said: /runtime/i },
  { fault: 'an interval that Forge does not know', sound: /interval: \w+/, faulty: 'interval: minute', said: /interval/ },
  { fault: 'a scope that Atlassian does not know', sound: '- read:jira-user', faulty: '- read:jira-users', said: /read:jira-users/ },
  { fault: 'an index on no attribute', sound: 'indexes: [revision]', faulty: 'indexes: [version]', said: /version/ },
  { fault: 'a panel that is not built', sound: 'path: static/dist', faulty: 'path: static/missing', said: /static\/missing/ },
  { fault: 'a handler in no file', sound: 'handler: index.upkeep', faulty: 'handler: elsewhere.upkeep', said: /elsewhere/ },
  { fault: 'a timeout beyond Forge’s', sound: 'timeoutSeconds: 55', faulty: 'timeoutSeconds: 901', said: /900/ },
  { fault: 'a web trigger that answers in no known way', sound: 'type: dynamic', faulty: 'type: improvised', said: /improvised|response/ },
];

for (const { fault, sound, faulty, said } of faults) {
  test(`FULL rejects ${fault}`, async () => {
    const result = await withFault(sound, faulty, () => validate('FULL'));
    assert.equal(result.success, false);
    assert.match(messages(result), said);
  });
}

test('PRODUCT_TRIGGER rejects an event whose scope is missing', async () => {
  const result = await withFault('avi:forge:upgraded:app', 'avi:confluence:created:page', () => validate('PRODUCT_TRIGGER'));
  assert.equal(result.success, false);
});
