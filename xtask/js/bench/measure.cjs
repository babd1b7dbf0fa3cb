// @ts-check
// One measurement of one bundle in this process; prints it as JSON.
//
//   node measure.cjs cold <index.cjs>            milliseconds from `require` to the first answer
//   node measure.cjs warm <index.cjs> <times>    milliseconds of each status request, once warm
//   node measure.cjs calls <index.cjs>           platform calls of each part of a first connection
//   node measure.cjs large <index.cjs> <projects>  what a rehearsal on a large site costs
'use strict';

const { Platform, fromPanel, fromWeb } = require('../../../tests/boundary/platform.cjs');
const { ADMINISTRATOR, SERVICE_ACCOUNT, agreeable } = require('../../../tests/boundary/atlassian.cjs');
const { largeSite } = require('./large-site.cjs');
const { Rounds } = require('./rounds.cjs');

/** @import { Call } from '../../../tests/boundary/platform.cjs' */
/** @typedef {{ part: string, inSequence: number, total: number, storage: number, jira: number, web: number, transactions: number }} Part */

const [what, bundle = '', times = '0'] = process.argv.slice(2);
const status = fromPanel({ type: 'status', watching: null }, ADMINISTRATOR);

async function cold() {
  new Platform(agreeable()).install();
  // On Forge the platform has used these long before it loads an app.
  await Response.json({}).json();
  const began = performance.now();
  await require(bundle).resolver(...status);
  return performance.now() - began;
}

async function warm() {
  const platform = new Platform(agreeable());
  platform.install();
  const { resolver } = require(bundle);
  const durations = [];
  for (let round = -200; round < Number(times); round += 1) {
    const began = performance.now();
    await resolver(...status);
    if (round >= 0) durations.push(performance.now() - began);
    platform.calls.length = 0;
  }
  return durations;
}

async function calls() {
  const rounds = new Rounds();
  const platform = new Platform(agreeable(), () => rounds.one());
  platform.install();
  const app = require(bundle);
  /** @type {Part[]} */
  const parts = [];

  /** @param {string} part @param {() => Promise<any>} work */
  const count = async (part, work) => {
    const before = rounds.count;
    const answer = await work();
    const made = platform.calls.splice(0);
    const kinds = (/** @type {Call['kind'][]} */ ...kinds) => made.filter(({ kind }) => kinds.includes(kind)).length;
    parts.push({
      part,
      inSequence: rounds.count - before,
      total: made.length,
      storage: kinds('storage'),
      jira: kinds('jira') + made.filter(({ kind, what }) => kind === 'web' && what.includes('/ex/jira/')).length,
      web: kinds('forge', 'web') - made.filter(({ kind, what }) => kind === 'web' && what.includes('/ex/jira/')).length,
      transactions: made.filter(({ what }) => what === '/api/v1/transaction').length,
    });
    return answer;
  };

  const ask = (/** @type {object} */ request) => app.resolver(...fromPanel(request, ADMINISTRATOR));
  await count('status', () => ask({ type: 'status', watching: null }));
  const { change, url } = await count('begin', () => ask({ type: 'beginChange', intended: SERVICE_ACCOUNT, insteadOf: null }));
  const query = { state: String(new URL(url).searchParams.get('state')), code: 'a-code' };
  await count('redirect', () => app.redirect(...fromWeb('GET', query)));
  const done = await count('checks to commit and after', () => ask({ type: 'continueChange', change }));
  await count('status, connected', () => ask({ type: 'status', watching: change }));
  if (done.status.main?.account.accountId !== SERVICE_ACCOUNT) throw new Error(`The change did not go through: ${JSON.stringify(done)}`);
  return parts;
}

/** The memory of every wasm that is instantiated from now on. @returns {WebAssembly.Memory[]} */
function memories() {
  /** @type {WebAssembly.Memory[]} */
  const seen = [];
  const { Instance } = WebAssembly;
  WebAssembly.Instance = class extends Instance {
    /** @param {WebAssembly.Module} module @param {WebAssembly.Imports} [imports] */
    constructor(module, imports) {
      super(module, imports);
      if (this.exports.memory instanceof WebAssembly.Memory) seen.push(this.exports.memory);
    }
  };
  return seen;
}

async function large() {
  const rounds = new Rounds();
  const projects = Number(times);
  const { large: atlassian, spent } = largeSite(agreeable(), projects, ADMINISTRATOR);
  const platform = new Platform(atlassian, () => rounds.one());
  platform.install();
  const wasm = memories();
  const app = require(bundle);
  const ask = (/** @type {object} */ request) => app.resolver(...fromPanel(request, ADMINISTRATOR));
  const { change, url } = await ask({ type: 'beginChange', intended: SERVICE_ACCOUNT });
  await app.redirect(...fromWeb('GET', { state: String(new URL(url).searchParams.get('state')), code: 'a-code' }));
  await ask({ type: 'continueChange', change });
  Object.assign(spent, { calls: 0, points: 0 });
  platform.calls.length = 0;
  const before = rounds.count;
  const began = performance.now();
  let answers = 1;
  let { rehearsal } = await ask({ type: 'rehearse', account: ADMINISTRATOR, again: false });
  while (rehearsal.doneAt === null) {
    answers += 1;
    ({ rehearsal } = await ask({ type: 'rehearsal', account: ADMINISTRATOR }));
  }
  const [memory] = wasm;
  if (memory === undefined || rehearsal.lookedAt !== projects) throw new Error(`The rehearsal went wrong: ${JSON.stringify(rehearsal)}`);
  return {
    projects,
    lost: rehearsal.lost,
    answers,
    inSequence: rounds.count - before,
    total: platform.calls.length,
    ms: performance.now() - began,
    peakBytes: memory.buffer.byteLength,
    ...spent,
  };
}

const measured = what === 'large' ? large() : what === 'cold' ? cold() : what === 'warm' ? warm() : calls();
measured.then((result) => process.stdout.write(`${JSON.stringify(result)}\n`));
