// @ts-check
/** What Forge allows, in one place. Sizes are bytes of UTF-8, times are milliseconds. */

const KIB = 1024;
const SECOND = 1000;
const MINUTE = 60 * SECOND;

export const INVOCATION = {
  /** A call from the panel. */
  requestBytes: 500 * KIB,
  /** An answer to the panel, and the payload of any function. */
  payloadBytes: 5 * KIB * KIB,
  resolverTimeout: 25 * SECOND,
  triggerTimeout: 25 * SECOND,
  webTriggerTimeout: 55 * SECOND,
  /** Consumers and scheduled triggers, unless the manifest gives `timeoutSeconds`. */
  backgroundTimeout: 55 * SECOND,
  perUserPerMinute: 1200,
  perInstallationPerMinute: 5000,
  defaultMemoryMB: 512,
};

export const EGRESS = { fetchesPerMinute: 100 };

export const LOG = { linesPerMinute: 100, bytesPerInvocation: 200 * KIB };

export const STORAGE = {
  keyCharacters: 500,
  /** As documented, with its odd class: letters, digits, `: . _ - #` and white space. */
  keyPattern: /^(?!\s+$)[a-zA-Z0-9:._\s-#]+$/,
  valueBytes: 240 * KIB,
  valueDepth: 31,
  transactionOperations: 25,
  transactionBytes: 4 * KIB * KIB,
  batchItems: 25,
  batchBytes: 4 * KIB * KIB,
  pageDefault: 10,
  pageMaximum: 100,
  ttlMaximum: 365 * 24 * 60 * MINUTE,
  /** How long an expired entry may still be read. */
  expiredLinger: 48 * 60 * MINUTE,
  requestsPerSecond: 1000,
  /** Reads, and likewise writes, a minute; every 10 KiB begun counts as one. */
  unitsPerMinute: 4000,
  unitBytes: 10 * KIB,
};

export const QUEUE = {
  eventsPerPush: 50,
  pushBytes: 200 * KIB,
  /** For consumers that may run longer than `longRunning`. */
  longRunningEventBytes: 100 * KIB,
  longRunning: 55 * SECOND,
  eventsPerMinute: 500,
  delaySeconds: 900,
  retryAfterSeconds: 900,
  retryDataBytes: 4 * KIB,
  retention: 24 * 60 * MINUTE,
  cyclicInvocations: 1000,
};
