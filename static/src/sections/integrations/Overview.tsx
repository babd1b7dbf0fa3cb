import Button from '@atlaskit/button/default/button';
import { lazy, Suspense, useRef, useState, type ReactNode, type RefObject } from 'react';
import type { IntegrationsView, IntegrationView } from '../../api/generated/api.ts';
import { integrationOvertaken, integrations as words, integrationSaid, removing, switching, type Standstill, type Told } from '../../messages.ts';
import { Notice } from '../../Notice.tsx';
import { useReader } from '../../reader.tsx';
import { useAskingBy } from '../../useAskingBy.ts';
import { useNow } from '../../useNow.ts';
import { useWayBack } from '../../useWayBack.ts';
import styles from '../account-access/AccountAccess.module.css';
import { ConfirmDialog } from '../ConfirmDialog.tsx';
import { Part } from '../Part.tsx';
import fieldStyles from './Fields.module.css';
import { IntegrationCard } from './IntegrationCard.tsx';
import type { ChangeIntegrations, IntegrationRequest, KnownIntegrations } from './useIntegrations.ts';

const IntegrationDialog = lazy(() => import('./IntegrationDialog.tsx'));
const PairsDialog = lazy(() => import('./PairsDialog.tsx'));

/** How often dates are reckoned anew, in milliseconds. */
const DATES_MS = 30_000;

/** Which dialog is open, and of which integration; creating one has none. */
type Opened = { dialog: 'create' } | { dialog: 'edit' | 'pairs' | 'switch' | 'remove'; of: IntegrationView };

/** The section once the integrations are read, or none. */
export function Overview({
  known: { view, clock },
  heading,
  read,
  change,
  onStatus,
}: {
  known: Extract<KnownIntegrations, { phase: 'ready' }>;
  heading: RefObject<HTMLElement>;
  read: () => Promise<void>;
  change: ChangeIntegrations;
  /** Opens the section in which that is mended. */
  onStatus: () => void;
}): ReactNode {
  const { calendar } = useReader();
  const told: Told = { now: useNow(clock, DATES_MS), calendar };
  const { asking, trouble, ask, forget } = useAskingBy<IntegrationRequest>(change);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [said, setSaid] = useState('');
  const place = useRef<HTMLParagraphElement>(null);
  const { remember, back } = useWayBack(() => (said === '' ? heading.current : place.current));
  const standstill = standstillOf(view);
  const areNamed = view.connected && view.unnamed === null;
  const isFull = view.rows.length >= view.most;
  const open = (one: Opened) => {
    remember();
    setSaid('');
    forget();
    setOpened(one);
  };
  const close = () => setOpened(null);
  const done = (sentence: string) => {
    close();
    setSaid(sentence);
  };
  /** Asks for what was confirmed. Where somebody else removed the integration first, there is nothing left to decide. */
  const confirmed = async ({ terms: { name } }: IntegrationView, request: IntegrationRequest, sentence: string) => {
    let isGone = false;
    const reply = await ask(request, (why) => {
      isGone = why.from === 'app' && why.error.code === 'noSuchIntegration';
      return isGone;
    });
    if (reply !== null || isGone) {
      done(isGone ? integrationSaid.gone(name) : sentence);
    }
  };
  const busy = asking !== null;
  return (
    <>
      {!view.connected && (
        <Notice appearance="warning" title={words.notConnectedTitle}>
          <p>{words.notConnected}</p>
          <Button onClick={onStatus}>{words.openStatus}</Button>
        </Notice>
      )}
      {view.connected && view.unnamed !== null && (
        <Notice appearance="warning" title={words.unnamedTitle[view.unnamed]}>
          <p>{words.unnamed[view.unnamed]}</p>
          {view.unnamed === 'mainGrantDead' && <Button onClick={onStatus}>{words.openStatus}</Button>}
        </Notice>
      )}
      <p ref={place} role="status" tabIndex={-1} className={fieldStyles.said}>
        {said}
      </p>
      <Part
        title={words.list}
        aside={
          <Button appearance="primary" isDisabled={!view.connected || view.here === null || isFull} onClick={() => open({ dialog: 'create' })}>
            {words.create}
          </Button>
        }
      >
        {isFull && <p className={styles.empty}>{words.full(view.most)}</p>}
        {view.rows.length === 0 && (
          <div className={styles.card}>
            <h3 className={styles.name}>{words.emptyTitle}</h3>
            <p>{words.empty}</p>
          </div>
        )}
        {view.rows.map((row) => (
          <IntegrationCard key={row.id} row={row} standstill={standstill} areNamed={areNamed} told={told} onStatus={onStatus} onOpen={(dialog) => open({ dialog, of: row })} />
        ))}
      </Part>
      <Suspense fallback={null}>
        {(opened?.dialog === 'create' || opened?.dialog === 'edit') && (
          <IntegrationDialog
            of={opened.dialog === 'edit' ? opened.of : null}
            here={opened.dialog === 'edit' ? opened.of.terms.here.cloudId : (view.here?.cloudId ?? '')}
            told={told}
            change={change}
            back={back}
            onClose={close}
            onSaved={(name) => done(opened.dialog === 'edit' ? integrationSaid.saved(name) : integrationSaid.created(name))}
          />
        )}
        {opened?.dialog === 'pairs' && (
          <PairsDialog
            of={opened.of}
            told={told}
            onClose={close}
            onChanged={() => void read()}
          />
        )}
      </Suspense>
      {opened?.dialog === 'switch' && (
        <ConfirmDialog
          {...switchWords(opened.of)}
          cancel={switching.cancel}
          isDangerous={false}
          busy={busy}
          trouble={trouble}
          sentence={integrationOvertaken(trouble, switching.untouched, told)}
          told={told}
          back={back}
          onClose={close}
          onConfirm={() => void confirmed(opened.of, ...switchRequest(opened.of))}
        >
          <p>{opened.of.enabledSince === null ? switching.onMeans : switching.offMeans}</p>
        </ConfirmDialog>
      )}
      {opened?.dialog === 'remove' && (
        <ConfirmDialog
          title={removing.title(opened.of.terms.name)}
          button={removing.button}
          cancel={removing.cancel}
          isDangerous
          busy={busy}
          trouble={trouble}
          sentence={integrationOvertaken(trouble, removing.untouched, told)}
          told={told}
          back={back}
          onClose={close}
          onConfirm={() =>
            void confirmed(opened.of, { type: 'removeIntegration', id: opened.of.id, seen: opened.of.changedAt }, integrationSaid.removed(opened.of.terms.name))
          }
        >
          <p>{removing.what(opened.of.pairs)}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

function switchWords({ terms, enabledSince }: IntegrationView): { title: string; button: string } {
  return enabledSince === null
    ? { title: switching.enable(terms.name), button: words.enable }
    : { title: switching.disable(terms.name), button: words.disable };
}

function switchRequest({ id, terms, enabledSince, changedAt }: IntegrationView): [IntegrationRequest, string] {
  const on = enabledSince === null;
  return [{ type: 'switchIntegration', id, seen: changedAt, on }, on ? integrationSaid.enabled(terms.name) : integrationSaid.disabled(terms.name)];
}

/** Why nothing is carried, if that is so for all. */
function standstillOf({ connected, unnamed }: IntegrationsView): Standstill | null {
  if (!connected) {
    return 'notConnected';
  }
  return unnamed === 'mainGrantDead' ? unnamed : null;
}
