// @ts-check
/**
 * The local Jira: `node devhost/src/main.js --port N --state DIR [--seed demo|fresh|empty] [--reset]`.
 *
 * Says `ready http://127.0.0.1:N/` on standard output when it is; everything else it has to say goes to standard error.
 * It ends on SIGINT, on SIGTERM, or when a pipe that is its standard input closes because its parent died.
 */
import { fstatSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readArguments } from './main/arguments.js';
import { openListeners } from './main/listeners.js';
import { checkRequirements } from './main/requirements.js';
import { emptyFolder } from './main/state.js';
import { Stop } from './main/stop.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** How long closing may take before the process ends without it. */
const FAREWELL_MS = 5000;

/** @param {string} line */
const log = (line) => void process.stderr.write(`${line}\n`);

async function start() {
  const { port, state, seed, reset } = readArguments(process.argv.slice(2));
  checkRequirements(ROOT);
  const listeners = await openListeners(port, log);
  // Not loaded before: the parts, and packages that talk as they load, cost time that a wrong word should not wait for.
  const { assemble } = await import('./main/assembly.js');
  const assembleHere = () => assemble({ root: ROOT, state, seed, origins: listeners.origins, reset: startOver, log });

  /** @type {import('./main/assembly.js').Assembly | undefined} */
  let parts;
  const closeParts = async () => {
    const open = parts;
    parts = undefined;
    await open?.close();
  };
  let ending = false;

  /** Requests wait while everything is made anew. */
  async function startOver() {
    const fresh = closeParts().then(() => {
      emptyFolder(state);
      return assembleHere();
    });
    listeners.serve(fresh.then(({ handlers }) => handlers));
    parts = await fresh;
    await parts.begin();
  }

  async function end() {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), FAREWELL_MS).unref();
    process.stdin.destroy();
    await listeners.close();
    await closeParts();
  }

  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  // A terminal or /dev/null says nothing about the parent; a pipe or a socket closes with it.
  const input = fstatSync(process.stdin.fd);
  if (input.isFIFO() || input.isSocket()) process.stdin.on('close', end).on('error', end).resume();

  try {
    if (reset) emptyFolder(state);
    parts = await assembleHere();
    if (!ending) {
      listeners.serve(Promise.resolve(parts.handlers));
      await parts.begin();
    }
  } catch (error) {
    await end();
    throw error;
  }
  if (ending) await closeParts();
  else process.stdout.write(`ready ${listeners.origins.jira}/\n`);
}

try {
  await start();
} catch (error) {
  log(error instanceof Stop ? error.message : `The local Jira failed: ${error instanceof Error ? error.stack : error}`);
  process.exitCode = error instanceof Stop ? 2 : 1;
}
