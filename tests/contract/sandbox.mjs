// @ts-check
// The sandbox, compiled to WebAssembly, as these tests talk to it.

/** @import { Request, Response } from './document.mjs' */

const GENERATED = '../../devhost/generated';
const glue = await import(`${GENERATED}/sandbox.js`);
const { default: inlined } = await import(`${GENERATED}/sandbox_wasm.js`);
glue.initSync({ module: new WebAssembly.Module(Buffer.from(inlined, 'base64')) });

export const SITE = '11111111-1111-4111-8111-111111111111';

export const MARIA = '5b10a2844c20165700ede21g';
export const NARROW = '712020:service-narrow';
export const ANA = '5b10ac8d82e05b22cc7d4ef1';
export const BEN = '5b10ac8d82e05b22cc7d4ef2';
export const HUGO = '5b10ac8d82e05b22cc7d4ef8';

/** 2026-11-21T08:00:00Z, and then a second later with every request. */
const BEGINNING = 1_795_248_000_000;

const SCOPES = [
  'read:jira-user',
  'read:jira-work',
  'write:jira-work',
  'manage:jira-webhook',
  'manage:jira-configuration',
  'manage:jira-project',
];

/**
 * @typedef {{ type: 'oauth', accountId: string, scopes: string[] } | { type: 'forgeApp' } | { type: 'anonymous' }}
 *   Principal
 */

/** @returns {[method: string, path: string][]} every route that the sandbox serves, below /rest/api/3 */
export const routes = () => JSON.parse(glue.LocalAtlassian.routes());

/** @param {string} accountId */
export const grant = (accountId) => /** @type {const} */ ({ type: 'oauth', accountId, scopes: SCOPES });

/** A world of its own, from the demo seed. */
export function openSandbox() {
  const atlassian = new glue.LocalAtlassian('demo');
  let now = BEGINNING;
  return {
    /**
     * @param {Principal} principal
     * @param {Request} request
     * @returns {Required<Response>}
     */
    ask(principal, request) {
      now += 1000;
      return JSON.parse(atlassian.jira(SITE, JSON.stringify(principal), JSON.stringify(request), now));
    },
    /** @param {object} budgets */
    setBudgets: (budgets) => atlassian.setBudgets(JSON.stringify(budgets)),
    /** @param {object} faults */
    setFaults: (faults) => atlassian.setFaults(JSON.stringify(faults)),
    /** @type {(project: string, field: string) => void} */
    requireField: (...parameters) => atlassian.requireField(SITE, ...parameters),
    /** @type {(project: string, permission: string, accountId: string, holds: boolean) => void} */
    setProjectPermission: (...parameters) => atlassian.setProjectPermission(SITE, ...parameters),
  };
}
