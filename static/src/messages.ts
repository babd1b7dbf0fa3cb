/**
 * Every sentence that a person reads, a file for each place where they read it. Each says what happened, what did not change,
 * and the next step.
 */
export * from './messages/access.ts';
export * from './messages/announcement.ts';
export * from './messages/changeDialog.ts';
export * from './messages/checks.ts';
export * from './messages/comment.ts';
export * from './messages/connections.ts';
export * from './messages/counterparts.ts';
export * from './messages/denial.ts';
export * from './messages/frame.ts';
export * from './messages/handOff.ts';
export * from './messages/history.ts';
export * from './messages/integrations.ts';
export { integrationOvertaken } from './messages/integrationTrouble.ts';
export * from './messages/outcome.ts';
export * from './messages/people.ts';
export * from './messages/personal.ts';
export * from './messages/rehearsal.ts';
export * from './messages/reporting.ts';
export * from './messages/register.ts';
export * from './messages/registerDue.ts';
export { MEANING, REAUTHORIZE, reasonForPerson, risk } from './messages/reauthorize.ts';
export * from './messages/rollBack.ts';
export * from './messages/savedFile.ts';
export * from './messages/schedule.ts';
export * from './messages/settings.ts';
export * from './messages/status.ts';
export * from './messages/support.ts';
export * from './messages/testsFailed.ts';
export * from './messages/trial.ts';
export * from './messages/trouble.ts';
export * from './messages/underWay.ts';
export type { Told } from './messages/words.ts';
