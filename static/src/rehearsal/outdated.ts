import type { ErrorCode } from '../api/generated/api.ts';

/** Whether the app refuses because the world is no longer as the rehearsal on the screen found it. */
export function outdated({ code }: ErrorCode): boolean {
  return code === 'rehearsalNeeded' || code === 'acknowledgementNeeded';
}
