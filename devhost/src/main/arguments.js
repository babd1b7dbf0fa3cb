// @ts-check
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SEEDS } from './seed.js';
import { Stop } from './stop.js';

const USAGE = 'node devhost/src/main.js --port N --state DIR [--seed demo|fresh|empty] [--reset]';

/** The local Jira listens on this many ports in a row. */
export const PORTS = 5;

/**
 * @param {string[]} words
 * @returns {{ port: number, state: string, seed: import('./seed.js').SeedName, reset: boolean }}
 * @throws {Stop}
 */
export function readArguments(words) {
  const { port, state, seed, reset } = parsed(words);
  const first = Number(port);
  if (!/^\d+$/.test(port) || first < 1 || first + PORTS - 1 > 65_535) {
    throw new Stop(`--port takes the first of ${PORTS} ports, from 1 to ${65_535 - PORTS + 1}; "${port}" is none.`);
  }
  if (!isSeed(seed)) throw new Stop(`--seed is ${Object.keys(SEEDS).join(' or ')}, not "${seed}".`);
  if (state === '') throw new Stop(`--state names the folder that the local Jira keeps its state in: ${USAGE}`);
  return { port: first, state: resolve(state), seed, reset };
}

/** @param {string} name @returns {name is import('./seed.js').SeedName} */
const isSeed = (name) => Object.hasOwn(SEEDS, name);

/** @param {string[]} words */
function parsed(words) {
  try {
    return parseArgs({
      args: words,
      options: {
        port: { type: 'string', default: '8000' },
        state: { type: 'string', default: '' },
        seed: { type: 'string', default: 'demo' },
        reset: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new Stop(`${/** @type {Error} */ (error).message} Usage: ${USAGE}`);
  }
}
