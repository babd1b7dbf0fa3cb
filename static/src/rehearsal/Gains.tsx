import type { ReactNode, Ref } from 'react';
import type { Person, RehearsedProject } from '../api/generated/api.ts';
import { gains as words, losses } from '../messages.ts';
import { Say } from '../phrase.tsx';
import { ProjectList } from './ProjectList.tsx';

/** The projects that only the new account sees. */
export function Gains({ gains, gained, account, place }: { gains: readonly RehearsedProject[]; gained: number; account: Person; place: Ref<HTMLDetailsElement> }): ReactNode {
  return (
    <ProjectList
      place={place}
      heading={words.heading(gained)}
      intro={
        <p>
          <Say phrase={words.text(account)} />
        </p>
      }
      rows={gains.map((project) => ({ project, detail: null }))}
      rest={gained > gains.length ? losses.rest(gains.length, gained) : null}
    />
  );
}
