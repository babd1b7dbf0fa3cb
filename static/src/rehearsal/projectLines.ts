/**
 * Rehearsed projects as comma-separated values.
 */
import type { RehearsedProject } from '../api/generated/api.ts';
import { line } from '../csv.ts';
import { permissionName, projectFile as words } from '../messages.ts';
import { isRequired } from './required.ts';

/** The first line. */
export function projectHeader(): string {
  return line(words.columns);
}

/** The line of one project. */
export function projectLine(project: RehearsedProject): string {
  const { key, name, before, after, lacking } = project;
  const names = (required: boolean) => lacking.filter((permission) => isRequired(permission) === required).map(permissionName);
  const seen = (is: boolean) => (is ? words.yes : words.no);
  return line([key, name, seen(before), seen(after), words.change(project), names(true).join('; '), names(false).join('; ')]);
}
