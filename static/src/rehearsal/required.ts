import type { Permission } from '../api/generated/api.ts';

/** Whether the integration stops working in a project without it; the others are recommended. */
export function isRequired(is: Permission): boolean {
  switch (is) {
    case 'browseProjects':
    case 'createIssues':
    case 'addComments':
    case 'editIssues':
    case 'transitionIssues':
    case 'createAttachments':
    case 'serviceDeskAgent':
      return true;
    case 'assignIssues':
    case 'linkIssues':
      return false;
  }
}
