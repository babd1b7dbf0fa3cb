/**
 * Which people the Connections section lists.
 */
import type { Answer } from '../../api/door.ts';
import type { Connections, Label, Order, PageOfPeople } from '../../api/generated/api.ts';
import { PagedList, type KnownPage } from '../../panel/PagedList.ts';

/** Which people are listed, and in which order. */
export interface Choice {
  readonly label: Label | null;
  readonly order: Order;
  readonly descending: boolean;
  /** The beginning of a name; empty for everybody. */
  readonly query: string;
}

/** Everybody, by name. */
export const EVERYBODY: Choice = { label: null, order: 'name', descending: false, query: '' };

/** One page of people. */
export type PeopleList = PagedList<Connections, Choice, PageOfPeople>;

/** What the section shows. */
export type KnownPeople = KnownPage<Connections, Choice>;

/** Asks for one page. */
type AskForPage = (request: { type: 'connections'; page: PageOfPeople }) => Promise<Answer<{ type: 'connections'; page: PageOfPeople }>>;

/** Everybody, read with `ask`. */
export function peopleList(ask: AskForPage): PeopleList {
  return new PagedList(EVERYBODY, (choice, cursor) => pageOf(choice, cursor), async (page) => {
    const answer = await ask({ type: 'connections', page });
    return 'reply' in answer ? { view: answer.reply.connections } : answer;
  });
}

/** The request for the page of a choice that begins at `cursor`. */
export function pageOf({ label, order, descending, query }: Choice, cursor: string | null): PageOfPeople {
  // The app finds the beginning of a name in the order of names, and in no other.
  const searched = query !== '';
  return {
    label,
    order: searched ? 'name' : order,
    descending: searched ? false : descending,
    query: searched ? query : null,
    cursor,
  };
}
