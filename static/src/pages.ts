/**
 * The pages of the app, by the keys of their modules in manifest.yml. Each is a chunk of its own, so that an issue does
 * not load what only administrators see.
 */
import type { FullContext } from '@forge/bridge';
import type { ComponentType } from 'react';

/** A page. */
export type Page = ComponentType<{ context: FullContext }>;

const PAGES: Readonly<Record<string, () => Promise<{ default: Page }>>> = {
  'integration-plus': () => import('./App.tsx'),
  personal: () => import('./personal/PersonalPage.tsx'),
  comment: () => import('./comment/CommentPanel.tsx'),
};

/** Loads the page of a module. Rejects when the app has no such page, or when it did not come. */
export async function load({ moduleKey }: FullContext): Promise<Page> {
  const page = PAGES[moduleKey];
  if (page === undefined) {
    throw new Error(`no page belongs to the module "${moduleKey}"`);
  }
  return (await page()).default;
}
