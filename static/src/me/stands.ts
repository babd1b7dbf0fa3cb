import type { Standing } from '../api/generated/api.ts';

/** Whether what the person does carries their name now. */
export function carriesName(standing: Standing | null): boolean {
  switch (standing?.type) {
    case 'working':
    case 'unverified':
      return true;
    case 'toReauthorize':
    case 'wrongAccount':
    case 'neverUsed':
    case 'deactivated':
    case undefined:
      return false;
  }
}
