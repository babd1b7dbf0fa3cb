import type { ReactNode } from 'react';
import type { Person } from './api/generated/api.ts';

/** A sentence in which people, controls and names stand out. */
export type Phrase = ReadonlyArray<string | Person | { readonly control: string } | { readonly name: string }>;

/** Makes a {@link Phrase} of a template. */
export function say(text: TemplateStringsArray, ...parts: Array<string | number | Person | { control: string } | { name: string }>): Phrase {
  return text.flatMap((piece, i) => {
    const part = parts[i];
    return part === undefined ? [piece] : [piece, typeof part === 'number' ? String(part) : part];
  });
}

/** A control of this page or of Jira's, named as it is labelled. */
export function control(label: string): { control: string } {
  return { control: label };
}

/** What somebody has named as they liked: a project, say. */
export function named(name: string): { name: string } {
  return { name };
}

/** Several sentences as one. */
export function joined(phrases: readonly Phrase[]): Phrase {
  return phrases.flatMap((phrase, i) => (i === 0 ? phrase : [' ', ...phrase]));
}

/** The words alone, for a screen reader's announcement. */
export function plain(phrase: Phrase): string {
  return phrase.map((part) => (typeof part === 'string' ? part : 'control' in part ? part.control : nameOf(part))).join('');
}

function nameOf(part: Person | { readonly name: string }): string {
  return 'name' in part ? part.name : part.displayName;
}

/** Shows a {@link Phrase}. */
export function Say({ phrase }: { phrase: Phrase }): ReactNode {
  return phrase.map((part, i) => {
    if (typeof part === 'string') {
      return part;
    }
    // A name is whatever its owner typed: `bdi` keeps its writing direction from turning the sentence around it.
    return <strong key={i}>{'control' in part ? part.control : <bdi>{nameOf(part)}</bdi>}</strong>;
  });
}
