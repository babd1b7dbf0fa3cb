import Button from '@atlaskit/button/default/button';
import { useState, type ReactNode } from 'react';
import type { LinkView, Person, TestUse } from '../../../api/generated/api.ts';
import { LinkAddress } from '../../../change/LinkAddress.tsx';
import { handedOffSentence, handOff as links, testLink as words, type Told } from '../../../messages.ts';
import { Say } from '../../../phrase.tsx';
import styles from './Test.module.css';
import type { KnownTrial, Trials } from './useTrial.ts';

interface Props {
  trials: Trials;
  known: Extract<KnownTrial, { phase: 'ready' }>;
  told: Told;
  busy: boolean;
}

/** A link for whoever can sign in as the account, and what came of it. */
export function SomebodyElse({ trials, known, told, busy }: Props): ReactNode {
  const { trial, link: address, asked } = known;
  const { account, held, link } = trial;
  if (held !== null) {
    return <Held of={account} held={held} told={told} busy={busy} deleting={asked === 'deleteTestGrant'} onDelete={trials.deleteTokens} />;
  }
  const open = link !== null && link.standing === 'open' && link.expiresAt > told.now;
  return (
    <>
      {link === null ? (
        <p>
          <Say phrase={links.beginHint(account)} />
        </p>
      ) : (
        <Standing account={account} link={link} open={open} told={told} />
      )}
      {open && address !== null && (
        <>
          <p>
            <Say phrase={links.send(account)} />
          </p>
          <LinkAddress key={address} url={address} />
        </>
      )}
      {open && (
        <p>
          <Say phrase={words.safe(account)} />
        </p>
      )}
      {open && address === null && (
        <p className={styles.subtle}>
          <Say phrase={links.gone} />
        </p>
      )}
      <div className={styles.controls}>
        <Button spacing="compact" isDisabled={busy} isLoading={asked === 'handOffTest'} onClick={trials.handOff}>
          {link === null ? words.make : links.renew}
        </Button>
        {open && (
          <Button spacing="compact" appearance="subtle" isDisabled={busy} isLoading={asked === 'revokeTestLink'} onClick={trials.revoke}>
            {links.revoke}
          </Button>
        )}
      </div>
    </>
  );
}

function Standing({ account, link, open, told }: { account: Person; link: LinkView; open: boolean; told: Told }): ReactNode {
  const expired = link.standing === 'open' && !open;
  return (
    <>
      <p>
        {expired ? <Say phrase={words.expired(account)} /> : <Say phrase={handedOffSentence({ intended: account }, link)} />} {open && <Say phrase={links.expires(link, told)} />}
      </p>
      {link.failed !== null && (
        <p className={styles.subtle}>
          <Say phrase={links.lastTry(link.failed, account, told)} />
        </p>
      )}
    </>
  );
}

function Held({ of, held, told, busy, deleting, onDelete }: { of: Person; held: TestUse; told: Told; busy: boolean; deleting: boolean; onDelete: () => void }): ReactNode {
  const [sure, setSure] = useState(false);
  return (
    <>
      <p>
        <Say phrase={words.held(of, held, told)} />
      </p>
      {sure && (
        <p role="status">
          <Say phrase={words.sure(of)} />
        </p>
      )}
      <div className={styles.controls}>
        <Button
          spacing="compact"
          appearance={sure ? 'danger' : 'default'}
          isDisabled={busy}
          isLoading={deleting}
          onClick={() => {
            if (sure) {
              onDelete();
            } else {
              setSure(true);
            }
          }}
        >
          {words.remove}
        </Button>
        {sure && (
          <Button spacing="compact" appearance="subtle" isDisabled={busy} onClick={() => setSure(false)}>
            {words.keep}
          </Button>
        )}
      </div>
    </>
  );
}
