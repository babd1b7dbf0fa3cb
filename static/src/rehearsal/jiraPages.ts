/**
 * Addresses of Jira's own pages on this site.
 */

/**
 * Where the permissions of a project are shown, or nothing for a key that no address can hold.
 *
 * The address is the one of Jira's project settings as people see it; it is not documented for apps, and was not tried on
 * a live site.
 */
export function permissionsPage(key: string): string | null {
  // Browsers take these for steps in the path, also when they are encoded.
  return key === '' || key === '.' || key === '..' ? null : `/plugins/servlet/project-config/${encodeURIComponent(key)}/permissions`;
}

/** Where the global permissions are given. The address is unverified in the same way. */
export const GLOBAL_PERMISSIONS = '/secure/admin/GlobalPermissions!default.jspa';

/** Where an issue is shown, or nothing for what is no key. */
export function issuePage(key: string): string | null {
  return /^[A-Z][A-Z0-9_]*-[0-9]+$/.test(key) ? `/browse/${key}` : null;
}
