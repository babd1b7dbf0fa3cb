// @ts-check
/**
 * The bad days that a person may switch on by hand.
 *
 * @import { Store } from '../store.js'
 */

/**
 * @typedef {object} FaultKind
 * @property {string} name
 * @property {string} sentence what happens, for the controls page
 * @property {'once' | 'untilSwitchedOff'} lasts
 * @property {'switch' | 'milliseconds' | 'choice'} value what `set` takes: true, a positive whole number, a `choices` value
 * @property {{ value: string, label: string }[]} [choices]
 */

/** @type {readonly FaultKind[]} */
const KINDS = [
  {
    name: 'jiraSlow',
    sentence: 'Jira answers each request only after this many milliseconds.',
    lasts: 'untilSwitchedOff',
    value: 'milliseconds',
  },
  {
    name: 'jira429',
    sentence: 'Jira refuses each request with 429, as when the budget of requests is used up.',
    lasts: 'untilSwitchedOff',
    value: 'choice',
    choices: [
      { value: 'headers', label: 'with Retry-After and the reason' },
      { value: 'bare', label: 'without Retry-After, as the gateway sometimes does' },
    ],
  },
  {
    name: 'jira503',
    sentence: 'Jira answers each request with 503.',
    lasts: 'untilSwitchedOff',
    value: 'switch',
  },
  {
    name: 'authorizationServerDown',
    sentence: 'The authorization server answers everything with 503: nobody can log in, allow or refresh.',
    lasts: 'untilSwitchedOff',
    value: 'switch',
  },
  {
    name: 'lostTokenReply',
    sentence: 'The token endpoint does its work on the next request, and the connection is cut before the answer.',
    lasts: 'once',
    value: 'switch',
  },
  {
    name: 'storageConflict',
    sentence: 'The next conditional write to the app’s storage is refused, as if another invocation had come first.',
    lasts: 'once',
    value: 'switch',
  },
  {
    name: 'storageDown',
    sentence: 'The app’s storage answers each request with 503.',
    lasts: 'untilSwitchedOff',
    value: 'switch',
  },
  {
    name: 'lostStorageReply',
    sentence: 'The app’s storage does the next write, and its answer is lost.',
    lasts: 'once',
    value: 'switch',
  },
  {
    name: 'functionCrash',
    sentence: 'The next invocation of the app dies halfway.',
    lasts: 'once',
    value: 'switch',
  },
];

/** @typedef {true | number | string} FaultValue */
/** @typedef {FaultKind & { armed: FaultValue | null }} Fault */

/**
 * @typedef {object} Faults
 * @property {() => Fault[]} list every fault there is, and how it is set; looking changes nothing
 * @property {(name: string) => FaultValue | null} active asked where the harm is done: the value when the fault is on. A
 *   fault that fires once is spent by the asking
 * @property {(name: string, value: FaultValue | null) => void} set `null` switches off
 * @property {() => void} clear switches everything off
 */

/**
 * @param {Store} store
 * @returns {Faults}
 */
export function createFaults(store) {
  const armed = store.table('faults');

  return {
    list: () => KINDS.map((kind) => ({ ...kind, armed: armed.get(kind.name) ?? null })),
    active(name) {
      const { lasts } = kindOf(name);
      const value = armed.get(name) ?? null;
      if (value !== null && lasts === 'once') armed.remove(name);
      return value;
    },
    set(name, value) {
      const kind = kindOf(name);
      if (value === null) {
        armed.remove(name);
        return;
      }
      if (!fits(kind, value)) throw new RangeError(`${JSON.stringify(value)} is no value for the fault ${name}.`);
      armed.put(name, value);
    },
    clear() {
      for (const { name } of KINDS) armed.remove(name);
    },
  };
}

/**
 * @param {string} name
 * @throws {RangeError} for a fault that does not exist: a misspelt name would otherwise never fire
 */
function kindOf(name) {
  const kind = KINDS.find((candidate) => candidate.name === name);
  if (!kind) throw new RangeError(`There is no fault named ${name}.`);
  return kind;
}

/**
 * @param {FaultKind} kind
 * @param {FaultValue} value
 */
function fits(kind, value) {
  switch (kind.value) {
    case 'switch':
      return value === true;
    case 'milliseconds':
      return Number.isSafeInteger(value) && Number(value) > 0;
    case 'choice':
      return (kind.choices ?? []).some((choice) => choice.value === value);
  }
}
