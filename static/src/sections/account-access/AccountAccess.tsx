import Button from '@atlaskit/button/default/button';
import Heading from '@atlaskit/heading/heading';
import { lazy, Suspense, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { Announcement } from '../../Announcement.tsx';
import type { SupportAccessView, SupportView, Timestamp } from '../../api/generated/api.ts';
import { decided, doorRefusal, doorRefusals, revoking, support as words, type Told } from '../../messages.ts';
import { useReader } from '../../reader.tsx';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import { useAskingBy } from '../../useAskingBy.ts';
import { focusIsNowhere, useFocusKept } from '../../useFocusKept.ts';
import { useNow } from '../../useNow.ts';
import { Part } from '../Part.tsx';
import { Refusals } from '../Refusals.tsx';
import { Access } from './Access.tsx';
import styles from './AccountAccess.module.css';
import { CodeDialog, type Granted } from './CodeDialog.tsx';
import { GrantDialog } from './GrantDialog.tsx';
import { Loading } from './Loading.tsx';
import { PreviewPart } from './PreviewPart.tsx';
import { RequestCard } from './RequestCard.tsx';
import { useSupport, type Decide, type KnownSupport, type SupportDecision } from './useSupport.ts';

const SureDialog = lazy(() => import('../SureDialog.tsx'));

/** How often dates on the page are reckoned anew, in milliseconds: an access that ends must be seen to. */
const DATES_MS = 30_000;

/** Who of support may look at this site, what they would see, and when they looked. */
export default function AccountAccess(): ReactNode {
  const { known, reading, read, decide } = useSupport();
  return (
    <div className={styles.parts}>
      <div>
        <Heading size="medium" as="h2">
          {words.heading}
        </Heading>
        <p className={styles.intro}>{words.intro}</p>
      </div>
      {known.phase === 'loading' && <Loading />}
      {known.phase === 'failed' && <TroubleNotice trouble={known.trouble} onRetry={() => void read()} />}
      {known.phase === 'ready' && <Known known={known} reading={reading} onRefresh={() => void read()} decide={decide} />}
    </div>
  );
}

function Known({
  known: { support, clock, stale },
  reading,
  onRefresh,
  decide,
}: {
  known: Extract<KnownSupport, { phase: 'ready' }>;
  reading: boolean;
  onRefresh: () => void;
  decide: Decide;
}): ReactNode {
  const { calendar } = useReader();
  const told: Told = { now: useNow(clock, DATES_MS), calendar };
  const { asking, trouble, ask } = useAskingBy<SupportDecision>(decide);
  const [granting, setGranting] = useState(false);
  const [granted, setGranted] = useState<Granted | null>(null);
  /** What somebody is asked about before it is revoked. */
  const [toRevoke, setToRevoke] = useState<SupportAccessView | null>(null);
  const [said, setSaid] = useState('');
  const busy = asking !== null;
  const { waiting, open, over } = sorted(support);
  const place = useRef<HTMLDivElement>(null);
  const sentence = useRef<HTMLParagraphElement>(null);
  useFocusKept(place, support.accesses.map(({ id, standing }) => `${id} ${standing.type}`).join());

  // What was selected is gone with what it decided about: a keyboard goes on from what came of it.
  useLayoutEffect(() => {
    if (said !== '' && (focusIsNowhere() || document.activeElement === place.current)) {
      sentence.current?.focus();
    }
  }, [said]);

  const { door } = support;
  const take = (until: Timestamp, reply: { code: string; support: SupportView | null } | null) => {
    if (reply !== null) {
      setGranting(false);
      setGranted({ code: reply.code, door: reply.support?.door ?? door, until });
    }
  };
  const approve = async (id: string, until: number) => {
    setSaid('');
    take(until, await ask({ type: 'approveSupport', id, until }));
  };
  const decline = async ({ id, asked }: SupportAccessView) => {
    setSaid('');
    if ((await ask({ type: 'declineSupport', id })) !== null && asked !== null) {
      setSaid(decided.declined(asked));
    }
  };
  const revoke = async (id: string) => {
    setSaid('');
    if ((await ask({ type: 'revokeSupport', id })) !== null) {
      setSaid(decided.revoked);
    }
  };

  return (
    <div ref={place} tabIndex={-1} className={styles.parts}>
      {stale !== null && <TroubleNotice trouble={stale} told={told} headingLevel="h3" onRetry={onRefresh} />}
      {trouble !== null && !granting && <TroubleNotice trouble={trouble} told={told} headingLevel="h3" />}
      <Announcement>{busy ? words.deciding : ''}</Announcement>
      <p ref={sentence} role="status" tabIndex={-1} className={styles.said}>
        {said}
      </p>
      <Part
        title={words.requests}
        aside={
          <Button appearance="subtle" isLoading={reading} onClick={onRefresh}>
            {words.refresh}
          </Button>
        }
      >
        {waiting.length === 0 && <p className={styles.empty}>{support.hears ? words.noRequests : words.cannotHear}</p>}
        {waiting.map((access) => (
          <RequestCard
            key={access.id}
            access={access}
            told={told}
            isDisabled={busy}
            onApprove={(until) => void approve(access.id, until)}
            onDecline={() => void decline(access)}
          />
        ))}
      </Part>
      <PreviewPart preview={support.preview} told={told} />
      <Part
        title={words.open}
        aside={
          <Button isDisabled={busy} onClick={() => setGranting(true)}>
            {words.grantFirst}
          </Button>
        }
      >
        {open.length === 0 && <p className={styles.empty}>{words.noOpen}</p>}
        {open.map((access) => (
          <Access key={access.id} access={access} told={told} isDisabled={busy} onRevoke={() => setToRevoke(access)} />
        ))}
      </Part>
      <Part title={words.over}>
        {over.length === 0 && <p className={styles.empty}>{words.noOver}</p>}
        {over.map((access) => (
          <Access key={access.id} access={access} told={told} />
        ))}
      </Part>
      {support.refusals.length > 0 && <Refusals rows={support.refusals} words={doorRefusals} reason={doorRefusal} told={told} />}
      {granting && (
        <GrantDialog
          told={told}
          busy={busy}
          trouble={trouble}
          onClose={() => setGranting(false)}
          onGrant={(ticket, until) => void ask({ type: 'grantSupport', ticket, until }).then((reply) => take(until, reply))}
        />
      )}
      {granted !== null && (
        <CodeDialog
          granted={granted}
          onClose={() => {
            setGranted(null);
            setSaid(decided.opened(granted.until, told));
          }}
        />
      )}
      <Suspense fallback={null}>
        {toRevoke !== null && (
          <SureDialog
            title={revoking.title}
            what={revoking.what(toRevoke, told)}
            go={revoking.go}
            stay={revoking.stay}
            onGo={() => void revoke(toRevoke.id)}
            onClose={() => setToRevoke(null)}
          />
        )}
      </Suspense>
    </div>
  );
}

/** What waits, what is open and what is over, each in the app's order. */
function sorted({ accesses }: SupportView): Record<'waiting' | 'open' | 'over', SupportAccessView[]> {
  const of = (...types: Array<SupportAccessView['standing']['type']>) => accesses.filter(({ standing }) => types.includes(standing.type));
  return { waiting: of('requested'), open: of('granted'), over: of('declined', 'revoked', 'expired', 'lapsed') };
}
