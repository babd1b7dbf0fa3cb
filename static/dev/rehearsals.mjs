// @ts-check
/**
 * What the app says of rehearsals.
 * @import { LossView, Permission, Rehearsal, RehearsedProject, Reply, Tried } from '../src/api/generated/api.ts'
 */
import { MINUTE, NOW } from './clock.mjs';
import { MARIA, NARROW, person, SERVICE } from './people.mjs';

/** @type {Permission[]} */
const REQUIRED = ['browseProjects', 'createIssues', 'addComments', 'editIssues', 'transitionIssues', 'createAttachments', 'serviceDeskAgent'];
/** @type {Permission[]} */
const RECOMMENDED = ['assignIssues', 'linkIssues'];
/** What is asked for where the project is no service project. */
export const EVERYTHING = [...REQUIRED.filter((permission) => permission !== 'serviceDeskAgent'), ...RECOMMENDED];

/**
 * @param {number} asked in so many projects, one of them a service project
 * @param {Partial<Record<Permission, number>>} [missing] in how many each is missing
 * @returns {Tried[]}
 */
export function tried(asked, missing = {}) {
  return [...REQUIRED, ...RECOMMENDED].map((permission) => {
    const of = permission === 'serviceDeskAgent' ? Math.min(asked, 1) : asked;
    return { permission, required: REQUIRED.includes(permission), asked: of, held: of - (missing[permission] ?? 0) };
  });
}

/**
 * @param {string} key
 * @param {string} name
 * @param {Partial<RehearsedProject>} [more]
 * @returns {RehearsedProject}
 */
export function project(key, name, more = {}) {
  return { key, name, before: true, after: true, lacking: [], ...more };
}

/**
 * @param {string} key
 * @param {string} name
 * @param {LossView['people']} people
 * @param {number} [more]
 * @param {number | null} [among]
 * @returns {LossView}
 */
export function loss(key, name, people, more = 0, among = more > 0 ? 100 : null) {
  return { project: project(key, name, { after: false, lacking: EVERYTHING }), people, more, among };
}

/** @type {Rehearsal} */
export const NO_LOSS = {
  now: NOW,
  id: 'r1',
  account: NARROW,
  against: person(SERVICE),
  againstInactive: false,
  by: person(MARIA),
  beganAt: NOW - 3000,
  doneAt: NOW,
  waitsUntil: null,
  lookedAt: 15,
  total: 15,
  kept: 14,
  lost: 0,
  gained: 0,
  failing: 0,
  administers: true,
  permissions: tried(14),
  losses: [],
  gains: [],
  misses: [],
  consequences: {
    webhooks: 1,
    people: 60,
    toReauthorize: 9,
    scopes: ['read:me', 'read:jira-user', 'read:jira-work', 'write:jira-work', 'manage:jira-webhook', 'offline_access'],
    newScopes: [],
  },
  current: true,
  acknowledge: false,
  pollAfterMs: null,
};

/** @type {Rehearsal} */
export const UNDER_WAY = {
  ...NO_LOSS,
  doneAt: null,
  lookedAt: 0,
  total: null,
  kept: 0,
  administers: null,
  permissions: tried(0),
  current: false,
  pollAfterMs: 60 * MINUTE,
};

/**
 * @param {Partial<Rehearsal> | null} of
 * @returns {Reply}
 */
export function rehearsed(of) {
  return { type: 'rehearsal', rehearsal: of && { ...NO_LOSS, ...of } };
}
