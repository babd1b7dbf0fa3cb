// @ts-check
/** Parts of the chrome that need neither a server nor a browser. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Peer } from '../src/chrome/browser/rpc.js';
import { shownDocument } from '../src/chrome/document.js';
import { localPath } from '../src/chrome/exchange.js';
import { html } from '../src/chrome/html.js';
import { documentOf } from '../src/chrome/typed.js';

/**
 * @param {(name: string, parameters: any[]) => unknown} serve of the far side
 * @param {(near: Peer, far: Peer) => Promise<void>} use
 */
async function connected(serve, use) {
  const { port1, port2 } = new MessageChannel();
  const near = new Peer(/** @type {any} */ (port1), () => assert.fail('the near side was called by name'));
  const far = new Peer(/** @type {any} */ (port2), serve);
  try {
    await use(near, far);
  } finally {
    near.close();
    far.close();
  }
}

test('a call carries its parameters there and its result back', () =>
  connected(
    (name, parameters) => ({ name, parameters, at: new Date(0) }),
    async (near) => assert.deepEqual(await near.call('f', 1, [undefined, null], { a: 'b' }), { name: 'f', parameters: [1, [undefined, null], { a: 'b' }], at: new Date(0) }),
  ));

test('a call that fails rejects with the name and the message', () =>
  connected(
    () => {
      throw new RangeError('too far');
    },
    (near) => assert.rejects(near.call('f'), { name: 'RangeError', message: 'too far' }),
  ));

test('functions cross both ways, as often and as deep as they are', () =>
  connected(
    async (_name, [{ list }]) => ({ again: async (/** @type {number} */ n) => (await list[1].twice(n)) + 1 }),
    async (near) => {
      const { again } = await near.call('f', { list: [0, { twice: (/** @type {number} */ n) => 2 * n }] });
      assert.equal(await again(5), 11);
      assert.equal(await again(6), 13);
    },
  ));

test('a function is kept as long as any stand-in for it is', async () => {
  const { port1, port2 } = new MessageChannel();
  const near = new Peer(/** @type {any} */ (port1), () => null);
  /** @type {any[]} */
  const received = [];
  port2.onmessage = ({ data }) => received.push(data);
  const answer = async (/** @type {unknown} */ message, /** @type {number} */ count) => {
    port2.postMessage(message);
    while (received.length < count) await new Promise((resolve) => setTimeout(resolve, 1));
    return received.at(-1);
  };
  try {
    const shared = () => 'called';
    near.call('f', shared).catch(() => {});
    near.call('g', shared).catch(() => {});
    while (received.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    const { reference } = received[0].parameters.functions[0];
    assert.equal(received[1].parameters.functions[0].reference, reference);
    const ask = { kind: 'call', id: 1, target: reference, parameters: { value: [], functions: [] } };
    port2.postMessage({ kind: 'release', reference });
    assert.equal((await answer(ask, 3)).kind, 'result');
    port2.postMessage({ kind: 'release', reference });
    assert.deepEqual(await answer(ask, 4), { kind: 'failure', id: 1, name: 'Error', message: 'The function is gone.' });
  } finally {
    near.close();
    port2.close();
  }
});

test('data that looks like a reference stays data', () =>
  connected(
    (_name, [value]) => value,
    async (near) => {
      const value = { kind: 'call', functions: [{ path: [], reference: 1 }], value: null };
      assert.deepEqual(await near.call('f', value), value);
    },
  ));

test('what cannot cross rejects where it is', () =>
  connected(
    (_name, [value]) => value,
    (near) => assert.rejects(near.call('f', { promise: Promise.resolve() }), { name: 'DataCloneError' }),
  ));

test('a result that cannot cross rejects at the caller', () =>
  connected(
    () => ({ promise: Promise.resolve() }),
    (near) => assert.rejects(near.call('f'), { name: 'DataCloneError' }),
  ));

test('what is under way, and what comes after, rejects when the connection is closed', () =>
  connected(
    () => new Promise(() => {}),
    async (near) => {
      const call = near.call('f');
      near.close();
      await assert.rejects(call, { message: 'The connection to the app was closed.' });
      await assert.rejects(near.call('f'), { message: 'The connection to the app was closed.' });
    },
  ));

test('HTML is made of escaped text, whatever it holds', () => {
  const attack = '"><script>alert(\'1\')</script>&';
  assert.equal(html`<p title="${attack}">${attack}</p>`.text, '<p title="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;">&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;</p>');
  assert.equal(html`${false}${null}${undefined}${0}${[html`<b>`, '<b>', [1]]}`.text, '0<b>&lt;b&gt;1');
});

test('what a person types becomes a document, and is shown as it was typed', () => {
  assert.equal(String(shownDocument(documentOf('One <b>\r\n\r\n\r\nTwo\nlines\n'))), '<p>One &lt;b&gt;</p><p>Two<br>lines</p>');
});

test('what a person formats is shown as they formatted it, and other signs stay what they are', () => {
  const people = [{ accountId: 'ana', displayName: 'Ana Lima' }, { accountId: 'other', displayName: 'Ana' }];
  const shown = (/** @type {string} */ text) => String(shownDocument(documentOf(text, people)));
  assert.equal(
    shown('**Bold**, `let *x`, [here](https://a.example/?b=c) and @Ana Lima.'),
    '<p><strong>Bold</strong>, <code>let *x</code>, <a href="https://a.example/?b=c" rel="noopener noreferrer">here</a> and <span class="mention">@Ana Lima</span>.</p>',
  );
  assert.deepEqual(documentOf('@Ana Lima', people).content[0].content, [{ type: 'mention', attrs: { id: 'ana', text: '@Ana Lima' } }]);
  assert.equal(shown('```rust\nlet a;\n\n**b**\n```\nAfter'), '<pre><code>let a;\n\n**b**</code></pre><p>After</p>');
  assert.equal(
    shown('| A | B |\n|---|---|\n| 1 | **2** |').replace(/ role=.*?tabindex="0"/, ''),
    '<div class="table"><table><tbody><tr><th><p>A</p></th><th><p>B</p></th></tr><tr><td><p>1</p></td><td><p><strong>2</strong></p></td></tr></tbody></table></div>',
  );
  assert.equal(shown('- one\n- two'), '<ul><li><p>one</p></li><li><p>two</p></li></ul>');
  for (const text of ['a@b.example, @Nobody', '2 ** 3', '[x](javascript:alert)', '- one\ntwo', '| open', '`']) {
    assert.equal(shown(text), `<p>${text.replaceAll('\n', '<br>')}</p>`);
    assert.equal(documentOf(text, people).content[0].content?.some((/** @type {any} */ { text: own }) => own === ''), false);
  }
});

test('a document shows what it knows, and the text within what it does not know', () => {
  const text = (/** @type {string} */ words, /** @type {any[]} */ marks = []) => ({ type: 'text', text: words, marks });
  const document = {
    type: 'doc',
    content: [
      { type: 'heading', content: [text('Head')] },
      { type: 'bulletList', content: [{ type: 'listItem', content: [{ type: 'paragraph', content: [text('Item', [{ type: 'strong' }, { type: 'em' }])] }] }] },
      { type: 'codeBlock', content: [text('a < b')] },
      { type: 'somethingNew', content: [text('within')] },
      { type: 'paragraph', content: [text('good', [{ type: 'link', attrs: { href: 'https://example.com' } }]), text('bad', [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }])] },
    ],
  };
  assert.equal(
    String(shownDocument(document)),
    '<h3>Head</h3><ul><li><p><em><strong>Item</strong></em></p></li></ul><pre><code>a &lt; b</code></pre>within' +
      '<p><a href="https://example.com" rel="noopener noreferrer">good</a>bad</p>',
  );
  assert.equal(shownDocument(null), null);
});

test('only a path of this origin is gone back to', () => {
  for (const path of ['/', '/browse/APP-1?x=/y#z']) assert.equal(localPath(path), path);
  for (const path of [null, '', 'browse', '//elsewhere.example', '/\\elsewhere.example', '/a\\b', '/a\r\nset-cookie: x', 'https://elsewhere.example']) {
    assert.equal(localPath(path), '/', String(path));
  }
});
