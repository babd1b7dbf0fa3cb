/**
 * The one place that calls the app.
 */
import { invoke } from '@forge/bridge';
import type { ErrorCode, Reply, Request } from './generated/api.ts';

/** Which replies answer which request, if it is not refused. */
interface ReplyTo {
  status: 'status';
  findAccounts: 'accounts';
  beginChange: 'authorization';
  rehearse: 'rehearsal';
  rehearsal: 'rehearsal';
  /** The rehearsal itself, which is none, where it is not kept any more. */
  rehearsedProjects: 'rehearsedProjects' | 'rehearsal';
  handOffChange: 'handOff';
  renewHandOff: 'handOff';
  revokeHandOff: 'status';
  reopenAuthorization: 'authorization';
  continueChange: 'status';
  acceptAccount: 'status';
  switchNow: 'status';
  cancelChange: 'status';
  checkNow: 'status';
  rollBack: 'status';
  changeSettings: 'status';
  register: 'register';
  saveEntry: 'register';
  removeEntry: 'register';
  reportRegister: 'registerReport';
  trial: 'trial';
  settleTrial: 'trial';
  testAccount: 'trial';
  handOffTest: 'testLink';
  revokeTestLink: 'trial';
  deleteTestGrant: 'trial';
  receipts: 'receipts';
  connections: 'connections';
  remind: 'reminded';
  steerWave: 'connections';
  access: 'access';
  findProjects: 'projects';
  limitProjects: 'access';
  limitAdministrators: 'access';
  requestAccess: 'accessRequested';
  decideAccess: 'access';
  explain: 'explained';
  support: 'support';
  grantSupport: 'supportGranted';
  approveSupport: 'supportGranted';
  declineSupport: 'support';
  revokeSupport: 'support';
  about: 'about';
  me: 'me';
  authorize: 'consent';
  disconnect: 'me';
  prompt: 'prompt';
  readAnnouncement: 'prompt';
  snooze: 'prompt';
  comment: 'comment';
  postHeld: 'comment';
  postForMe: 'comment';
  discardHeld: 'comment';
  runs: 'runs';
  run: 'run';
  shareRun: 'run';
  runAgain: 'triedAgain';
  integrations: 'integrations';
  createIntegration: 'integrations';
  changeIntegration: 'integrations';
  switchIntegration: 'integrations';
  removeIntegration: 'integrations';
  otherSites: 'otherSites';
  findProjectsThere: 'projects';
  findPeopleThere: 'accounts';
  pairs: 'pairs';
  joinIssues: 'pairs';
  partIssues: 'pairs';
  tryPairAgain: 'triedAgain';
  issueTypes: 'issueTypes';
  tryIssuesAgain: 'triedAgain';
}

const REPLY_TO: { readonly [T in Request['type']]: ReadonlyArray<ReplyTo[T]> } = {
  status: ['status'],
  findAccounts: ['accounts'],
  beginChange: ['authorization'],
  rehearse: ['rehearsal'],
  rehearsal: ['rehearsal'],
  rehearsedProjects: ['rehearsedProjects', 'rehearsal'],
  handOffChange: ['handOff'],
  renewHandOff: ['handOff'],
  revokeHandOff: ['status'],
  reopenAuthorization: ['authorization'],
  continueChange: ['status'],
  acceptAccount: ['status'],
  switchNow: ['status'],
  cancelChange: ['status'],
  checkNow: ['status'],
  rollBack: ['status'],
  changeSettings: ['status'],
  register: ['register'],
  saveEntry: ['register'],
  removeEntry: ['register'],
  reportRegister: ['registerReport'],
  trial: ['trial'],
  settleTrial: ['trial'],
  testAccount: ['trial'],
  handOffTest: ['testLink'],
  revokeTestLink: ['trial'],
  deleteTestGrant: ['trial'],
  receipts: ['receipts'],
  connections: ['connections'],
  remind: ['reminded'],
  steerWave: ['connections'],
  access: ['access'],
  findProjects: ['projects'],
  limitProjects: ['access'],
  limitAdministrators: ['access'],
  requestAccess: ['accessRequested'],
  decideAccess: ['access'],
  explain: ['explained'],
  support: ['support'],
  grantSupport: ['supportGranted'],
  approveSupport: ['supportGranted'],
  declineSupport: ['support'],
  revokeSupport: ['support'],
  about: ['about'],
  me: ['me'],
  authorize: ['consent'],
  disconnect: ['me'],
  prompt: ['prompt'],
  readAnnouncement: ['prompt'],
  snooze: ['prompt'],
  comment: ['comment'],
  postHeld: ['comment'],
  postForMe: ['comment'],
  discardHeld: ['comment'],
  runs: ['runs'],
  run: ['run'],
  shareRun: ['run'],
  runAgain: ['triedAgain'],
  integrations: ['integrations'],
  createIntegration: ['integrations'],
  changeIntegration: ['integrations'],
  switchIntegration: ['integrations'],
  removeIntegration: ['integrations'],
  otherSites: ['otherSites'],
  findProjectsThere: ['projects'],
  findPeopleThere: ['accounts'],
  pairs: ['pairs'],
  joinIssues: ['pairs'],
  partIssues: ['pairs'],
  tryPairAgain: ['triedAgain'],
  issueTypes: ['issueTypes'],
  tryIssuesAgain: ['triedAgain'],
};

/** Why no reply came. */
export type Silence =
  /** The browser has no network. */
  | 'offline'
  /** Forge could not run the app, or the app broke down. */
  | 'broken'
  /** No answer came within {@link PATIENCE_MS}. */
  | 'tooLate'
  /** What came is no reply that this panel knows: the app was updated, or something stood in between. */
  | 'unreadable';

/** Why a request came to nothing. */
export type Trouble = { from: 'app'; error: ErrorCode } | { from: 'door'; silence: Silence };

/** The reply that answers a request of this type. */
export type Answering<R extends Request> = Extract<Reply, { type: ReplyTo[R['type']] }>;

/** What came of a request. */
export type Answer<R extends Request> = { reply: Answering<R> } | { trouble: Trouble };

/** Forge stops a resolver after 25 seconds; after this long, in milliseconds, no answer will come. */
const PATIENCE_MS = 30_000;

/** Asks the app. Never throws. */
export async function ask<R extends Request>(request: R): Promise<Answer<R>> {
  const reply = await Promise.race([invoked(request), patience()]);
  if (typeof reply === 'string') {
    return { trouble: { from: 'door', silence: reply } };
  }
  if (reply.type === 'refused') {
    return { trouble: { from: 'app', error: reply.error } };
  }
  if (!answers(request, reply)) {
    return { trouble: { from: 'door', silence: 'unreadable' } };
  }
  return { reply };
}

async function invoked(request: Request): Promise<Reply | Silence> {
  try {
    const body: unknown = await invoke('door', request);
    return isReply(body) ? body : 'unreadable';
  } catch {
    // The bridge tells nothing but prose for people, so there is nothing in the error to decide by.
    return navigator.onLine ? 'broken' : 'offline';
  }
}

function patience(): Promise<Silence> {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, 'tooLate'));
}

function isReply(body: unknown): body is Reply {
  return typeof body === 'object' && body !== null && 'type' in body && typeof body.type === 'string';
}

function answers<R extends Request>(request: R, reply: Reply): reply is Answering<R> {
  const answering: readonly string[] = REPLY_TO[request.type];
  return answering.includes(reply.type);
}
