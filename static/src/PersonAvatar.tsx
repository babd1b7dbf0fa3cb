import Avatar from '@atlaskit/avatar/avatar';
import type { ReactNode } from 'react';
import type { Person } from './api/generated/api.ts';

/** A person's picture. Always beside the name, so it is decoration to a screen reader. */
export function PersonAvatar({ person, size = 'small' }: { person: Person; size?: 'small' | 'medium' }): ReactNode {
  return (
    <span aria-hidden="true">
      <Avatar size={size} {...(person.avatarUrl === null ? {} : { src: person.avatarUrl })} />
    </span>
  );
}
