import ProjectStatusIcon from '@atlaskit/icon/core/project-status';
import type { ComponentType } from 'react';
import { frame } from './messages.ts';
import { StatusSection } from './sections/Status.tsx';

/** A section of the admin page. */
export interface Section {
  readonly key: string;
  readonly label: string;
  readonly Icon: ComponentType<{ label: string }>;
  readonly Content: ComponentType;
}

/** The section that is open at first. */
export const FIRST_SECTION: Section = {
  key: 'status',
  label: frame.status,
  Icon: ProjectStatusIcon,
  Content: StatusSection,
};

/** Every section, in the order of the navigation. */
export const SECTIONS: readonly Section[] = [FIRST_SECTION];
