import type { ReactNode } from 'react';
import { personal as words } from '../messages.ts';
import { OutsideLink } from '../OutsideLink.tsx';

/** Where Atlassian lists what a person allowed. */
const CONNECTED_APPS = 'https://id.atlassian.com/manage-profile/apps';

/** The way to Atlassian's own list of connected apps. */
export function AtlassianLink(): ReactNode {
  return <OutsideLink address={CONNECTED_APPS}>{words.atlassian}</OutsideLink>;
}
