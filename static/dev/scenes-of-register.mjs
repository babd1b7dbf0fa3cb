// @ts-check
/**
 * One scene for each state of the register of service accounts, and of receipts.
 * @import { EntryView, ErrorCode, Field, Reply, Request } from '../src/api/generated/api.ts'
 * @import { Scene } from './scenes.mjs'
 */
import { NARROW, person, TOM } from './people.mjs';
import { APPS, BARE, entry, MARIAS, ODD, receiptsFrom, registered, REGISTER, reported } from './registers.mjs';
import { after, CONNECTED, HOUR, MINUTE, NOW, refused, still } from './scenes.mjs';

/** @param {Partial<Record<Request['type'], Scene>>} [more] @param {Partial<typeof CONNECTED>} [status] */
const scene = (more = {}, status = {}) => still({ ...CONNECTED, ...status }, { register: () => registered(), ...more });

/** @param {Request} request @returns {Reply} */
function saved(request) {
  if (request.type !== 'saveEntry') {
    return refused({ code: 'invalidRequest' });
  }
  const others = REGISTER.entries.filter(({ account }) => account.accountId !== request.account);
  const known = REGISTER.entries.find(({ account }) => account.accountId === request.account);
  const account = known?.account ?? NARROW;
  return registered({
    entries: [...others, { ...entry(account), isMain: known?.isMain ?? false, details: request.details, changedAt: NOW, changedBy: person(TOM), revision: (request.revision ?? 0) + 1 }],
  });
}

/** @param {ErrorCode} error @returns {Scene} */
const savingFails = (error) => scene({ saveEntry: () => refused(error) });

/** @param {Field} field */
const fieldRefused = (field) => savingFails({ code: 'entryRefused', field });

/** What Tom wrote while somebody else was typing. */
const TOMS = { ...MARIAS, details: MARIAS.details && { ...MARIAS.details, purpose: 'Deploys every hour' }, changedAt: NOW - MINUTE, changedBy: person(TOM), revision: 4 };

/**
 * Somebody else was first: what is read from then on are these entries.
 * @param {EntryView[]} entries
 */
const overtaken = (entries) =>
  scene({
    register: (_, nth) => (nth === 0 ? registered() : registered({ entries })),
    saveEntry: (request, nth) => (nth === 0 ? refused({ code: 'conflict' }) : saved(request)),
    removeEntry: (_, nth) => (nth === 0 ? refused({ code: 'conflict' }) : registered({ entries: [BARE, APPS] })),
  });

/** @type {Scene} */
const pages = (request) => (request.type === 'receipts' ? receiptsFrom(request.from) : refused({ code: 'invalidRequest' }));

/** @type {Record<string, Scene>} */
export const SCENES_OF_REGISTER = {
  register: scene({
    saveEntry: saved,
    removeEntry: () => registered({ entries: [BARE, APPS] }),
    reportRegister: () => reported(),
  }),
  registerLoading: scene({ register: () => 'silence' }),
  registerFails: scene({ register: (_, nth) => (nth === 0 ? refused({ code: 'storageUnavailable' }) : registered()) }),
  registerEmpty: scene({ register: () => registered({ entries: [], reports: [] }), reportRegister: () => ({ type: 'registerReport', links: [], seal: '', now: NOW }) }),
  registerOdd: scene({ register: () => registered(ODD) }),
  registerFull: savingFails({ code: 'registerFull' }),
  registerGone: savingFails({ code: 'accountNotFound' }),
  registerPurpose: fieldRefused('purpose'),
  registerSystems: fieldRefused('systems'),
  registerDocumentation: fieldRefused('documentation'),
  registerReviewOn: fieldRefused('reviewOn'),
  registerRotateEveryDays: fieldRefused('rotateEveryDays'),
  registerRotatedOn: fieldRefused('rotatedOn'),
  registerNotes: fieldRefused('notes'),
  registerOvertaken: overtaken([BARE, TOMS, APPS]),
  registerRemoved: overtaken([BARE, APPS]),
  registerElsewhere: overtaken(REGISTER.entries),
  registerAdded: overtaken([...REGISTER.entries, entry(NARROW, { purpose: 'Tom was first' }, { changedBy: person(TOM), changedAt: NOW - MINUTE })]),
  registerUnread: scene({ register: (_, nth) => (nth === 1 ? refused({ code: 'storageUnavailable' }) : registered(nth === 0 ? {} : { entries: [BARE, TOMS, APPS] })), saveEntry: () => refused({ code: 'conflict' }) }),
  removalFails: scene({ removeEntry: () => refused({ code: 'storageUnavailable' }) }),
  reportSlow: scene({ reportRegister: (_, nth) => (nth === 0 ? 'silence' : reported()) }),
  reportFails: scene({ reportRegister: (_, nth) => (nth === 0 ? refused({ code: 'jiraUnavailable', retryAfterS: 5 }) : reported()) }),

  registerDue: scene({}, { registerDue: 3 }),
  registerDueOne: scene({}, { registerDue: 1 }),

  receipts: scene({ receipts: pages }),
  receiptsStop: scene({ receipts: (request, nth) => (nth === 1 ? refused({ code: 'corruptRecord' }) : pages(request, nth)) }),
  /** One page comes; the next one takes its time, once. */
  receiptsSlow: scene({ receipts: (request, nth) => (nth === 1 ? receiptsFrom(21).then((page) => after(800, page)) : pages(request, nth)) }),
  receiptsGone: scene({ receipts: () => ({ type: 'receipts', receipts: [], next: null, seal: '', now: NOW + HOUR }) }),
  receiptsFail: scene({ receipts: (request, nth) => (nth === 0 ? refused({ code: 'storageUnavailable' }) : pages(request, nth)) }),
};
