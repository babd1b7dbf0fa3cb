import Button from '@atlaskit/button/default/button';
import Textfield from '@atlaskit/textfield/text-field';
import { useEffect, useId, useRef, useState, useSyncExternalStore, type FormEvent, type ReactNode } from 'react';
import type { End, IntegrationView, ItemFailure, JiraNumber, PairRow, PairsView, Parked } from '../../api/generated/api.ts';
import { FileDialog } from '../../FileDialog.tsx';
import { InSight } from '../../InSight.tsx';
import { LoadingWords } from '../../LoadingWords.tsx';
import { failure, integrationOvertaken, joinedHow, pairsDialog as words, parkedIssues, parting, waitingSentence, type Told } from '../../messages.ts';
import { when } from '../../messages/words.ts';
import { PagedList } from '../../panel/PagedList.ts';
import { usePanel } from '../../panel/PanelContext.tsx';
import { useAsking } from '../../panel/useAsking.ts';
import { Say } from '../../phrase.tsx';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import { useLeadToFault } from '../../useLeadToFault.ts';
import { ConfirmDialog } from '../ConfirmDialog.tsx';
import { Pages } from '../Pages.tsx';
import itemStyles from '../reporting/Items.module.css';
import { Labelled } from '../service-accounts/Labelled.tsx';
import styles from './Fields.module.css';
import { ParkedIssues } from './ParkedIssues.tsx';
import { PropertyHelp } from './PropertyHelp.tsx';

/** One page of pairs; they move only when somebody asks. */
type PageOfPairs = PairsView & { readonly pollAfterMs: null };

/** The pairs of an integration: to join two issues by hand, to part them, and to try again what was not carried. */
export default function PairsDialog({
  of,
  told,
  onClose,
  onChanged,
}: {
  of: IntegrationView;
  told: Told;
  onClose: () => void;
  /** How many pairs there are, or what waits in them, may be another by now. */
  onChanged: () => void;
}): ReactNode {
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const lead = useLeadToFault(form);
  const panel = usePanel();
  const { asking, trouble, ask, forget } = useAsking();
  const [toPart, setToPart] = useState<PairRow | null>(null);
  const [list] = useState(
    () =>
      new PagedList<PageOfPairs, object, number | null>({}, (_, cursor) => cursor, async (from) => {
        const answer = await panel.ask({ type: 'pairs', integration: of.id, from });
        return 'reply' in answer ? { view: { ...answer.reply.pairs, pollAfterMs: null } } : answer;
      }),
  );
  useEffect(list.start, [list]);
  const known = useSyncExternalStore(list.subscribe, list.known);
  const [here, setHere] = useState('');
  const [there, setThere] = useState('');
  const [tried, setTried] = useState(false);
  const [said, setSaid] = useState('');
  const busy = asking !== null;
  const needed = (key: string) => (tried && key.trim() === '' ? words.needed : null);

  const join = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    setSaid('');
    if (here.trim() === '' || there.trim() === '') {
      forget();
      lead();
      return;
    }
    const reply = await ask({ type: 'joinIssues', integration: of.id, here: here.trim(), there: there.trim() });
    if (reply !== null) {
      setSaid(words.joined(...keysIn(reply.pairs, here.trim(), there.trim())));
      setHere('');
      setThere('');
      setTried(false);
    }
    void list.read();
    onChanged();
  };
  const part = async (pair: PairRow) => {
    setSaid('');
    if ((await ask({ type: 'partIssues', integration: of.id, here: pair.here, there: pair.there })) !== null) {
      setSaid(words.parted(...keysOf(pair)));
      setToPart(null);
    }
    void list.read();
    onChanged();
  };
  const again = async (pair: PairRow) => {
    setSaid('');
    if ((await ask({ type: 'tryPairAgain', integration: of.id, here: pair.here })) !== null) {
      setSaid(words.tried);
    }
    void list.read();
    onChanged();
  };

  const issuesAgain = async () => {
    setSaid('');
    if ((await ask({ type: 'tryIssuesAgain', integration: of.id })) !== null) {
      setSaid(parkedIssues.tried);
    }
    void list.read();
  };

  return (
    <FileDialog title={words.title(of.terms.name)} close={words.close} onClose={onClose}>
      <form ref={form} className={styles.form} noValidate onSubmit={(event) => void join(event)}>
        <Labelled id={`${id}-here`} label={words.here} hint={words.hereHint} wrong={needed(here)}>
          {(bound) => <Textfield {...bound} isInvalid={bound['aria-invalid']} autoComplete="off" spellCheck={false} value={here} onChange={(event) => setHere(event.currentTarget.value)} />}
        </Labelled>
        <Labelled id={`${id}-there`} label={words.there} hint={words.hereHint} wrong={needed(there)}>
          {(bound) => <Textfield {...bound} isInvalid={bound['aria-invalid']} autoComplete="off" spellCheck={false} value={there} onChange={(event) => setThere(event.currentTarget.value)} />}
        </Labelled>
        <div>
          <Button type="submit" isLoading={asking === 'joinIssues'} isDisabled={busy}>
            {words.join}
          </Button>
        </div>
      </form>
      {trouble !== null && toPart === null && (
        <InSight takesFocus>
          <TroubleNotice trouble={trouble} told={told} />
        </InSight>
      )}
      <p role="status">{said}</p>
      {known.phase === 'loading' && <LoadingWords loading={words.loading} slow={words.slow} />}
      {known.phase === 'failed' && <TroubleNotice trouble={known.trouble} told={told} onRetry={() => void list.read()} />}
      {known.phase === 'ready' && (
        <>
          <PropertyHelp terms={of.terms} property={known.view.property} here={here} there={there} />
          <ParkedIssues of={known.view.parked} isDisabled={busy} onAgain={() => void issuesAgain()} />
          {known.stale !== null && <TroubleNotice trouble={known.stale} told={told} onRetry={() => void list.read()} />}
          <p>{known.view.total === 0 ? words.empty : words.total(known.view.total, known.view.most)}</p>
          {known.view.unnamed !== null && known.view.total > 0 && <p>{words.unnamed}</p>}
          <ul className={itemStyles.items}>
            {known.view.rows.map((pair) => (
              <Pair key={`${pair.here} ${pair.there}`} pair={pair} told={told} isDisabled={busy} onPart={() => {
                  forget();
                  setToPart(pair);
                }} onAgain={() => void again(pair)} />
            ))}
          </ul>
          {toPart !== null && (
            <ConfirmDialog
              title={parting.title(...keysOf(toPart))}
              button={parting.button}
              cancel={parting.cancel}
              isDangerous
              busy={busy}
              trouble={trouble}
              sentence={integrationOvertaken(trouble, parting.untouched, told)}
              told={told}
              onClose={() => setToPart(null)}
              onConfirm={() => void part(toPart)}
            >
              <p>{toPart.joined === 'byProperty' ? `${parting.means} ${parting.byProperty}` : parting.means}</p>
            </ConfirmDialog>
          )}
          <Pages page={known.page} hasNext={known.view.next !== null} onPrevious={list.previous} onNext={list.next} />
        </>
      )}
    </FileDialog>
  );
}

function Pair({ pair, told, isDisabled, onPart, onAgain }: { pair: PairRow; told: Told; isDisabled: boolean; onPart: () => void; onAgain: () => void }): ReactNode {
  const [here, there] = keysOf(pair);
  return (
    <li className={itemStyles.item}>
      <p className={itemStyles.head}>
        <strong>
          {here} – {there}
        </strong>
      </p>
      <p className={itemStyles.subtle}>
        {joinedHow(pair.joined)}, {when(pair.at, told)}. {waitingSentence(pair.waiting, pair.waitsUntil, told)}
      </p>
      {alike(pair.parked).map(({ end, comments, why }) => (
        <p key={`${end} ${comments[0] ?? ''}`}>
          {words.notCarried(comments, end)} <Say phrase={failure(why, comments.length === 0 ? 'assignee' : null)} />
        </p>
      ))}
      <div className={itemStyles.head}>
        {pair.parked.length > 0 && (
          <Button spacing="compact" isDisabled={isDisabled} aria-label={words.againNamed(here, there)} onClick={onAgain}>
            {words.again}
          </Button>
        )}
        <Button spacing="compact" isDisabled={isDisabled} aria-label={words.partNamed(here, there)} onClick={onPart}>
          {words.part}
        </Button>
      </div>
    </li>
  );
}

/** What was not carried from one end for one reason; no comment stands for the assignee. */
interface Alike {
  readonly end: End;
  readonly comments: readonly JiraNumber[];
  readonly why: ItemFailure;
}

/** Every comment of an issue that is gone has the same reason, which is told once. */
function alike(parked: readonly Parked[]): readonly Alike[] {
  const groups = new Map<string, Alike>();
  for (const { end, comment, why } of parked) {
    const key = JSON.stringify([end, comment === null, why]);
    const before = groups.get(key)?.comments ?? [];
    groups.set(key, { end, comments: comment === null ? before : [...before, comment], why });
  }
  return [...groups.values()];
}

/** The keys of two issues as Jira writes them, where a reading tells them; as they were typed where it does not. */
function keysIn({ rows }: PairsView, here: string, there: string): [string, string] {
  const same = (key: string | null, typed: string) => key?.toLowerCase() === typed.toLowerCase();
  const pair = rows.find((row) => same(row.hereKey, here));
  return [pair?.hereKey ?? here, pair?.thereKey ?? there];
}

function keysOf({ here, hereKey, there, thereKey }: PairRow): [string, string] {
  return [hereKey ?? words.number(here), thereKey ?? words.number(there)];
}
