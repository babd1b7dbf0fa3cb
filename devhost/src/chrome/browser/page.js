// @ts-check
/// <reference lib="dom" />
/**
 * What every page of the local Jira does in the browser. Without it the pages work all the same.
 */

const root = document.documentElement;

/** One menu is open at a time; Escape and a click elsewhere close it. */
const menus = [...document.querySelectorAll('details.menu')].filter((menu) => menu instanceof HTMLDetailsElement);
document.addEventListener('click', (event) => {
  for (const menu of menus) {
    if (menu.open && event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
  }
});
// A click into an app's frame never reaches this document, but takes the focus away from it.
window.addEventListener('blur', () => {
  if (document.activeElement instanceof HTMLIFrameElement) for (const menu of menus) menu.open = false;
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const menu of menus) {
    if (!menu.open) continue;
    menu.open = false;
    menu.querySelector('summary')?.focus();
  }
});

/** The theme changes in place, so that a half-filled form or an app's state survives. */
const themeForm = document.querySelector('#theme-form');
themeForm?.addEventListener('submit', async (event) => {
  if (!(event instanceof SubmitEvent) || !(event.submitter instanceof HTMLButtonElement)) return;
  event.preventDefault();
  const { value } = event.submitter;
  root.dataset.preference = value;
  for (const button of themeForm.querySelectorAll('button')) {
    button.setAttribute('aria-pressed', String(button.value === value));
  }
  await fetch('/preferences/theme', { method: 'POST', body: new URLSearchParams({ theme: value }) });
});

/** Another tab may have switched accounts: what this one shows is then somebody else's. */
const channel = new BroadcastChannel('local-jira-account');
const notice = document.querySelector('#account-changed');
channel.postMessage(document.body.dataset.account);
channel.addEventListener('message', (event) => {
  if (notice instanceof HTMLElement) notice.hidden = event.data === document.body.dataset.account;
});

for (const form of document.querySelectorAll('form[data-confirm]')) {
  form.addEventListener('submit', (event) => {
    if (form instanceof HTMLFormElement && !window.confirm(form.dataset.confirm)) event.preventDefault();
  });
}
