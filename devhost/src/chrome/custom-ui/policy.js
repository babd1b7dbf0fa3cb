// @ts-check
/**
 * The content security policy of a Custom UI page, from the package with which Atlassian's own CDN makes it.
 */
import { createRequire } from 'node:module';
import { load } from 'cheerio';

const require = createRequire(import.meta.url);
/** @type {typeof import('@forge/csp')} */
const { CSPInjectionService, CSPProcessingService } = require('@forge/csp');

/**
 * @param {object} parts
 * @param {string} parts.page HTML: its inline scripts are allowed by their hashes
 * @param {Record<string, any>} parts.permissions of the manifest
 * @param {string} parts.hostOrigin where the page is framed
 * @param {string} parts.reportPath which takes the place of Atlassian's own collector
 * @param {(message: string) => void} parts.log
 * @returns {string}
 */
export function contentSecurityPolicy({ page, permissions, hostOrigin, reportPath, log }) {
  const processing = new CSPProcessingService(/** @type {any} */ ({ info: log }), /** @type {any} */ (load));
  const directives = new CSPInjectionService().getInjectableCSP({
    existingCSPDetails: processing.getCspDetails(page, permissions),
    microsEnv: 'prod',
    hostname: hostOrigin,
  });
  return directives
    .map((directive) => (directive.startsWith('report-uri ') ? `report-uri ${reportPath}` : directive))
    .join('; ');
}
