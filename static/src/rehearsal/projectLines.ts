/**
 * Rehearsed projects as comma-separated values.
 */
import type { LossView, RehearsedProject } from '../api/generated/api.ts';
import { line } from '../csv.ts';
import { losses, permissionName, projectFile as words } from '../messages.ts';
import { isRequired } from './required.ts';

/** The first line. */
export function projectHeader(): string {
  return line(words.columns);
}

/**
 * The line of one project. `loss` says who loses it, where that was looked up; `isCompared`, whether the rehearsal compares with
 * a main authorized user, whose projects are those in use then. What may be done in the others counts nowhere, so it is not told.
 */
export function projectLine(project: RehearsedProject, loss: LossView | undefined, isCompared: boolean): string {
  const { key, name, before, after, lacking } = project;
  const isInUse = isCompared ? before : after;
  const missing = (required: boolean) => (isInUse ? lacking.filter((permission) => isRequired(permission) === required).map(permissionName).join('; ') : words.notInUse);
  const seen = (is: boolean) => (is ? words.yes : words.no);
  const whoLoses = before && !after ? losses.names(loss).join('; ') : '';
  return line([key, name, seen(before), seen(after), words.change(project), missing(true), missing(false), whoLoses]);
}
