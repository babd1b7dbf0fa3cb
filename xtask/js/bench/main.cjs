// @ts-check
// Measures the app beside the comparable app, and prints the tables.
//
//   node main.cjs <app bundle> <app wasm as base64 module> <bundle of the comparable app>
'use strict';

const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { gzipSync } = require('node:zlib');

/** @import { Part } from './measure.cjs' */

const STARTS = 30;
const REQUESTS = 1000;
const AIMED_GZIP_KB = 150;

const [app = '', inlined = '', compared = ''] = process.argv.slice(2);

/** @param {string[]} given @returns {any} */
const measure = (...given) => JSON.parse(execFileSync(process.execPath, [join(__dirname, 'measure.cjs'), ...given], { encoding: 'utf8' }));

/** @param {number[]} numbers */
const median = (numbers) => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (Number(sorted[Math.floor(middle)]) + Number(sorted[Math.ceil(middle) - 1])) / 2;
};

/** @param {string[][]} rows the first holds the headings */
function table(rows) {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  for (const row of rows) {
    const cells = row.map((cell, column) => (column === 0 ? cell.padEnd(Number(widths[column])) : cell.padStart(Number(widths[column]))));
    console.log(`  ${cells.join('   ')}`);
  }
  console.log();
}

const ms = (/** @type {number} */ value) => `${value.toFixed(value < 10 ? 2 : 1)} ms`;
const kb = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} KB`;
const verdict = (/** @type {boolean} */ met) => (met ? 'met' : 'MISSED');

function weights() {
  const wasm = Buffer.from(String(readFileSync(inlined, 'utf8').split('"')[1]), 'base64');
  const gzip = gzipSync(wasm, { level: 9 }).length;
  table([
    ['weight', 'raw', 'gzip', 'aim', ''],
    ['app wasm', kb(wasm.length), kb(gzip), `${AIMED_GZIP_KB} KB gzip`, verdict(gzip <= AIMED_GZIP_KB * 1000)],
    ...[app, compared].map((bundle, index) => {
      const bytes = readFileSync(bundle);
      return [index === 0 ? 'app bundle' : 'plain JavaScript bundle', kb(bytes.length), kb(gzipSync(bytes, { level: 9 }).length), '', ''];
    }),
  ]);
}

function times() {
  // Turn about, so that whatever else the machine does meets both.
  const starts = Array.from({ length: STARTS }, () => [measure('cold', app), measure('cold', compared)]);
  const [own, theirs] = [0, 1].map((which) => median(starts.map((pair) => pair[which])));
  const [warm, theirWarm] = [app, compared].map((bundle) => median(measure('warm', bundle, String(REQUESTS))));
  table([
    ['time', 'app', 'plain JavaScript', 'aim', ''],
    [`load and first answer, median of ${STARTS}`, ms(Number(own)), ms(Number(theirs)), 'half', verdict(Number(own) <= Number(theirs) / 2)],
    [`status when warm, median of ${REQUESTS}`, ms(Number(warm)), ms(Number(theirWarm)), '', ''],
  ]);
}

function calls() {
  /** @type {Part[]} */
  const parts = measure('calls', app);
  /** @type {Record<string, number>} */
  const aims = { status: 1, begin: 3 };
  table([
    ['platform calls', 'in sequence', 'in total', 'storage', 'Jira', 'other', 'transactions', 'aim', ''],
    ...parts.map(({ part, inSequence, total, storage, jira, web, transactions }) => {
      const aim = aims[part];
      const numbers = [inSequence, total, storage, jira, web, transactions].map(String);
      return [part, ...numbers, aim === undefined ? '' : `${aim} in sequence`, aim === undefined ? '' : verdict(inSequence <= aim)];
    }),
  ]);
}

/** The wasm memory that a rehearsal may take up, in megabytes. */
const AIMED_MEMORY_MB = 64;

function rehearsals() {
  const sites = [100, 1000, 5000].map((projects) => measure('large', app, String(projects)));
  table([
    ['rehearsal', 'lost', 'Jira calls', 'points', 'answers', 'in sequence', 'calls', 'time without Jira', 'peak memory', 'aim', ''],
    ...sites.map(({ projects, lost, calls, points, answers, inSequence, total, ms: took, peakBytes }) => [
      `${projects} projects`,
      ...[lost, calls, points, answers, inSequence, total].map(String),
      ms(took),
      `${(peakBytes / 2 ** 20).toFixed(1)} MB`,
      `${AIMED_MEMORY_MB} MB`,
      verdict(peakBytes <= AIMED_MEMORY_MB * 2 ** 20),
    ]),
  ]);
}

console.log();
weights();
times();
calls();
rehearsals();
