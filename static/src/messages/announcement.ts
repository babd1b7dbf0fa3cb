/**
 * What people are told of a scheduled change before it asks them to allow again. Plain text: a flag shows nothing else.
 */
import type { Announcement } from '../api/generated/api.ts';
import { momentInZone, type Calendar } from '../time.ts';

export const announcement = {
  title: 'Integration+ will ask you to allow it again',
  text: ({ at }: Announcement, calendar: Calendar) =>
    `On ${momentInZone(at, calendar)} your administrator changes the account that Integration+ uses. You are asked then to allow it again, so that what you do keeps your name. Nothing is to be done now.`,
  read: 'Got it',
};
