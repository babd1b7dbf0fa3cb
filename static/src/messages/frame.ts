/**
 * What stands around every section.
 */

export const frame = {
  product: 'Integration+',
  menu: 'Menu',
  sections: 'Integration+ sections',
  status: 'Status',
  connections: 'Connections',
  access: 'Access',
  serviceAccounts: 'Service accounts',
  integrations: 'Integrations',
  reporting: 'Reporting',
  settings: 'Settings',
  about: 'About',
  broke: 'This page stopped working. Nothing in Jira has changed. Reload it to go on.',
  reload: 'Reload',
};
