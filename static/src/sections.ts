import BookIcon from '@atlaskit/icon/core/book-with-bookmark';
import ChartBarIcon from '@atlaskit/icon/core/chart-bar';
import LinkIcon from '@atlaskit/icon/core/link';
import LockIcon from '@atlaskit/icon/core/lock-locked';
import PeopleGroupIcon from '@atlaskit/icon/core/people-group';
import ProjectStatusIcon from '@atlaskit/icon/core/project-status';
import SettingsIcon from '@atlaskit/icon/core/settings';
import { lazy, type ComponentType } from 'react';
import { frame } from './messages.ts';
import { StatusSection } from './sections/Status.tsx';

/** A section of the admin page. */
export interface Section {
  readonly key: SectionKey;
  readonly label: string;
  readonly Icon: ComponentType<{ label: string }>;
  readonly Content: ComponentType<{ onOpen: (section: SectionKey) => void }>;
  /** Whether it stands apart at the end of the navigation. */
  readonly isApart?: true;
}

/** The name of a section. */
export type SectionKey = 'status' | 'connections' | 'access' | 'serviceAccounts' | 'integrations' | 'reporting' | 'settings';

/** The section that is open at first. */
export const FIRST_SECTION: Section = {
  key: 'status',
  label: frame.status,
  Icon: ProjectStatusIcon,
  Content: StatusSection,
};

/** Every section, in the order of the navigation. */
export const SECTIONS: readonly Section[] = [
  FIRST_SECTION,
  {
    key: 'connections',
    label: frame.connections,
    Icon: PeopleGroupIcon,
    Content: lazy(() => import('./sections/Connections.tsx')),
  },
  {
    key: 'access',
    label: frame.access,
    Icon: LockIcon,
    Content: lazy(() => import('./sections/Access.tsx')),
  },
  {
    key: 'serviceAccounts',
    label: frame.serviceAccounts,
    Icon: BookIcon,
    Content: lazy(() => import('./sections/ServiceAccounts.tsx')),
  },
  {
    key: 'integrations',
    label: frame.integrations,
    Icon: LinkIcon,
    Content: lazy(() => import('./sections/Integrations.tsx')),
  },
  {
    key: 'reporting',
    label: frame.reporting,
    Icon: ChartBarIcon,
    Content: lazy(() => import('./sections/Reporting.tsx')),
  },
  {
    key: 'settings',
    label: frame.settings,
    Icon: SettingsIcon,
    Content: lazy(() => import('./sections/Settings.tsx')),
    isApart: true,
  },
];
