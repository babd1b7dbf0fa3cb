/**
 * How the dialog is opened.
 */
import type { Person, SessionKey } from '../api/generated/api.ts';

/** Where the dialog begins. */
export type Opening =
  /** With the choice of an account; in place of somebody else's change, if one is named. */
  | { at: 'choose'; insteadOf: { change: SessionKey; by: Person } | null }
  /** With what will happen when this account, the present main authorized user, allows once more. */
  | { at: 'explain'; intended: Person }
  /** With a change that is under way. */
  | { at: 'follow'; change: SessionKey };

/** Opens the dialog. */
export type Open = (opening: Opening) => void;

/** The choice of an account, with nothing in its way. */
export const FROM_THE_START: Opening = { at: 'choose', insteadOf: null };
