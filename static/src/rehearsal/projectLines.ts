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

/** The line of one project; `loss` says who loses it, where that is known. */
export function projectLine(project: RehearsedProject, loss: LossView | undefined): string {
  const { key, name, before, after, lacking } = project;
  const names = (required: boolean) => lacking.filter((permission) => isRequired(permission) === required).map(permissionName);
  const seen = (is: boolean) => (is ? words.yes : words.no);
  return line([key, name, seen(before), seen(after), words.change(project), names(true).join('; '), names(false).join('; '), loss === undefined ? '' : losses.names(loss).join('; ')]);
}
