/**
 * A result in one word, from its checks: as the app judges the latest.
 */
import type { TrialCheck, TrialVerdict } from '../../../api/generated/api.ts';

/** Something failed, or something was not run, or everything passed. */
export function verdictOf(checks: readonly TrialCheck[]): TrialVerdict {
  const any = (type: TrialCheck['finding']['type']) => checks.some(({ finding }) => finding.type === type);
  return any('failed') ? 'failed' : any('notRun') ? 'incomplete' : 'passed';
}
