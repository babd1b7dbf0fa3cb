/**
 * How the sentences name the two ends of an integration.
 */
import type { End } from '../api/generated/api.ts';

export function at(end: End): string {
  return end === 'here' ? 'on this site' : 'on the other site';
}

export function from(end: End): string {
  return end === 'here' ? 'from this site' : 'from the other site';
}
