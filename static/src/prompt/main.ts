/**
 * The background script of issues and of Jira's other pages. It shows nothing of its own, and carries no React.
 */
import { view } from '@forge/bridge';
import { hearSettled } from '../settled.ts';
import { calendarFor } from '../time.ts';
import { Prompter } from './Prompter.ts';

const { accountId, locale, timezone } = await view.getContext();
// Whoever is not signed in has nothing to re-authorize.
if (accountId !== undefined) {
  const prompter = new Prompter(accountId, calendarFor(locale, timezone));
  hearSettled(accountId, prompter.settle);
  // A page may stay open for days: then it is asked again when it is looked at.
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) {
      void prompter.look();
    }
  });
  await prompter.look();
}
