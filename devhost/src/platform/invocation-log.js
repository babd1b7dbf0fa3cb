// @ts-check
/** What one invocation logs, with the name of its function, until it has logged too much. */
import { LOG } from './limits.js';

/**
 * @param {{ functionKey: string, clock: { now(): number }, log: (text: string) => void }} parts
 * @returns {(level: string, text: string) => void}
 */
export function openInvocationLog({ functionKey, clock, log }) {
  const startedAt = clock.now();
  let lines = 0;
  let bytes = 0;
  let full = false;
  return (level, text) => {
    if (full) return;
    lines += 1;
    bytes += Buffer.byteLength(text);
    const minutes = Math.max(1, Math.ceil((clock.now() - startedAt) / 60_000));
    full = lines > LOG.linesPerMinute * minutes || bytes > LOG.bytesPerInvocation;
    log(
      full
        ? `${functionKey}: this invocation logs too much; Forge drops the rest.`
        : `${functionKey}: ${level.toUpperCase()} ${text}`,
    );
  };
}
