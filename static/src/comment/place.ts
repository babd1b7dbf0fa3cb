/**
 * The issue that the panel stands on.
 */
import type { FullContext } from '@forge/bridge';

/** An issue, as far as the panel has to know it. */
export interface Place {
  /** Jira's number of the issue. */
  readonly issueId: string;
  /** Whether its project has customers, from whom a note can be kept. */
  readonly hasCustomers: boolean;
}

/** Reads it from what Jira says of the panel's surroundings; nothing where Jira names no issue. */
export function placeOf({ extension }: FullContext): Place | null {
  const issue: unknown = extension['issue'];
  const project: unknown = extension['project'];
  const issueId = text(issue, 'id');
  return issueId === null ? null : { issueId, hasCustomers: text(project, 'type') === 'service_desk' };
}

/** A property that is text, or a number as text. */
function text(of: unknown, name: string): string | null {
  if (typeof of !== 'object' || of === null) {
    return null;
  }
  const value: unknown = (of as Record<string, unknown>)[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
