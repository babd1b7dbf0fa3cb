// @ts-check
/**
 * Where a module of the app meets a page: what the browser needs to show it, and the context it gets.
 */
import { html } from './html.js';
import { isHidden, pagePath } from './modules.js';

/** @typedef {import('./modules.js').UiModule} UiModule */

/**
 * @param {object} parts
 * @param {UiModule} parts.module
 * @param {Record<string, any>} parts.context
 * @param {Record<string, string>} parts.place
 * @param {string} parts.contentOrigin
 */
export function slot({ module, context, place, contentOrigin }) {
  const page = pagePath(module);
  const description = {
    moduleKey: module.key,
    title: module.title,
    resource: module.resource,
    contentOrigin,
    context,
    place,
    historyBase: page,
    refreshable: page === null,
    hidden: isHidden(module),
  };
  const kind = page !== null ? 'extension-page' : description.hidden ? 'extension-hidden' : 'extension-panel';
  return html`<div class="extension ${kind}" data-slot="${JSON.stringify(description)}"></div>`;
}

/**
 * The context of a module, as `view.getContext()` gives it and as a resolver receives it.
 *
 * @param {object} facts
 * @param {UiModule} facts.module
 * @param {{ placed: { cloudId: string, url: string } }} facts.site
 * @param {import('./people.js').Person} facts.person
 * @param {{ appId: string, environmentId: string }} facts.app
 * @param {import('./site.js').Issue | null} facts.issue that the module is shown on
 * @param {unknown} [facts.modal] what the app handed to a dialog of its own
 * @returns {{ moduleKey: string, accountId: string } & Record<string, any>}
 */
export function moduleContext({ module, site, person, app, issue, modal }) {
  return {
    accountId: person.accountId,
    cloudId: site.placed.cloudId,
    siteUrl: site.placed.url,
    environmentId: app.environmentId,
    environmentType: 'DEVELOPMENT',
    localId: `ari:cloud:ecosystem::extension/${app.appId}/${app.environmentId}/static/${module.key}`,
    locale: 'en_US',
    timezone: 'Etc/UTC',
    moduleKey: module.key,
    surfaceColor: null,
    extension: {
      type: module.type,
      ...(issue !== null && {
        issue: { id: issue.id, key: issue.key, type: issue.fields.issuetype?.name, typeId: issue.fields.issuetype?.id },
        project: { id: issue.fields.project?.id, key: issue.fields.project?.key, type: issue.fields.project?.projectTypeKey },
      }),
      ...(modal !== undefined && { modal }),
    },
  };
}
