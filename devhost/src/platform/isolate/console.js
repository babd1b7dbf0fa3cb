// @ts-check
/** Sends what the bundle logs to the platform, with the invocation that it belongs to. */
import { format } from 'node:util';
import { currentInvocation } from './runtime.js';

const LEVELS = /** @type {const} */ (['debug', 'error', 'info', 'log', 'trace', 'warn']);

/** @param {(message: import('./messages.js').LogMessage) => void} send */
export function sendConsole(send) {
  for (const level of LEVELS) {
    console[level] = (...values) => {
      send({
        type: 'log',
        id: currentInvocation()?.id,
        level: level === 'log' ? 'info' : level,
        text: format(...values),
      });
    };
  }
}
