/**
 * Going back to the main authorized user before, and what a change asks of people.
 */
import type { FormerView, Person, ReauthorizationPolicy } from '../api/generated/api.ts';
import { control, say } from '../phrase.tsx';
import { momentInZone } from '../time.ts';
import type { Told } from './words.ts';

export const rollBack = {
  button: 'Roll back',
  offer: ({ person, until }: FormerView, told: Told) => say`Until ${momentInZone(until, told.calendar)} you can go back to ${person}.`,
  title: (to: Person) => `Roll back to ${to.displayName}?`,
  what: 'What will happen',
  checks: (to: Person) => say`Integration+ checks ${to}: still allowed, active, Jira administrator, permissions, this site, room for webhooks.`,
  rehearses: (to: Person) => say`Integration+ looks at every project. Where ${to} sees less, or lacks something required, you are asked first.`,
  switches: (to: Person) => say`It registers its webhooks as ${to}, and only then makes ${to} the main authorized user again.`,
  nobody: say`Nobody whose connection worked before has to allow again.`,
  safe: (from: Person) => say`If a check fails, ${from} stays and goes on working, and you are told why.`,
  until: ({ until }: FormerView, told: Told) => say`This is offered until ${momentInZone(until, told.calendar)}. After that, use ${control('change')}.`,
  cancel: 'Cancel',
  checking: 'Checking the account and going back. This takes a few seconds.',
  done: (to: Person) => `${to.displayName} is the main authorized user again.`,
};

export const policy = {
  legend: 'What is asked of people who connected their own account',
  name: (is: ReauthorizationPolicy): string => {
    switch (is) {
      case 'verifyFirst':
        return 'Verify first';
      case 'everyone':
        return 'Everyone re-authorizes';
    }
  },
  explanation: (is: ReauthorizationPolicy): string => {
    switch (is) {
      case 'verifyFirst':
        return 'Integration+ tries quietly, in the background, whether each person’s connection still works. Only people for whom it does not are asked.';
      case 'everyone':
        return 'Everybody who uses Integration+ is asked once to allow it again, also where it works.';
    }
  },
};
