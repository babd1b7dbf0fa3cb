import Button from '@atlaskit/button/default/button';
import Modal from '@atlaskit/modal-dialog/modal-dialog';
import ModalBody from '@atlaskit/modal-dialog/modal-body';
import ModalFooter from '@atlaskit/modal-dialog/modal-footer';
import ModalHeader from '@atlaskit/modal-dialog/modal-header';
import ModalTitle from '@atlaskit/modal-dialog/modal-title';
import { useEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react';
import type { Trouble } from '../../api/door.ts';
import type { IntegrationView, Site } from '../../api/generated/api.ts';
import { InSight } from '../../InSight.tsx';
import { dialog, entry, fieldOfIntegration, integrationDialog as words, type Told } from '../../messages.ts';
import { Notice } from '../../Notice.tsx';
import { usePanel } from '../../panel/PanelContext.tsx';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import { useAskingBy } from '../../useAskingBy.ts';
import { useLeadToFault } from '../../useLeadToFault.ts';
import { termsOf, type DraftFault } from './draft.ts';
import { Fields } from './Fields.tsx';
import styles from './Fields.module.css';
import { useIntegrationDraft } from './useIntegrationDraft.ts';
import type { ChangeIntegrations, IntegrationRequest } from './useIntegrations.ts';

/** Creates an integration, or settles one anew. What is entered stays until it is saved or cancelled. */
export default function IntegrationDialog({
  of,
  here,
  told,
  change,
  back,
  onClose,
  onSaved,
}: {
  /** The integration as it was when the dialog was opened; none for a new one. */
  of: IntegrationView | null;
  /** This site. */
  here: string;
  told: Told;
  change: ChangeIntegrations;
  /** Where the focus goes when it closes. */
  back: RefObject<HTMLElement>;
  onClose: () => void;
  onSaved: (name: string) => void;
}): ReactNode {
  const panel = usePanel();
  const form = useRef<HTMLDivElement>(null);
  const lead = useLeadToFault(form);
  const { draft, edit, seen, isKept, isOutdated, drop, saving } = useIntegrationDraft(of);
  const { asking, trouble, ask, forget } = useAskingBy<IntegrationRequest>(useMemo(() => saving<IntegrationRequest>(change), [saving, change]));
  /** The fields that were at fault when it was to be saved. */
  const [marked, setMarked] = useState<ReadonlyArray<DraftFault['field']>>([]);
  /** How often what was entered was taken back. */
  const [undone, setUndone] = useState(0);
  const [sites, setSites] = useState<readonly Site[] | null>(null);
  const [sitesTrouble, setSitesTrouble] = useState<Trouble | null>(null);
  const [attempt, setAttempt] = useState(0);
  const busy = asking !== null;

  useEffect(() => {
    let wanted = true;
    void panel.ask({ type: 'otherSites' }).then((answer) => {
      if (wanted) {
        setSites('reply' in answer ? answer.reply.sites : null);
        setSitesTrouble('reply' in answer ? null : answer.trouble);
      }
    });
    return () => {
      wanted = false;
    };
  }, [panel, attempt]);

  const leave = () => {
    if (!busy) {
      onClose();
    }
  };
  const startOver = () => {
    drop();
    forget();
    setMarked([]);
    setUndone(undone + 1);
    form.current?.querySelector<HTMLElement>('input')?.focus();
  };
  const read = termsOf(draft, here);
  const faults = 'faults' in read ? read.faults.filter(({ field }) => marked.includes(field)) : [];
  const save = async () => {
    forget();
    if ('faults' in read) {
      setMarked(read.faults.map(({ field }) => field));
      lead();
      return;
    }
    setMarked([]);
    const { terms } = read;
    const reply = await ask(of === null ? { type: 'createIntegration', terms } : { type: 'changeIntegration', id: of.id, seen: seen ?? of.changedAt, terms });
    if (reply !== null) {
      onSaved(terms.name);
    }
  };
  // A site that is out of reach keeps its place, so that saving does not change it unseen.
  const known = sites ?? [];
  const offered =
    of === null || known.some(({ cloudId }) => cloudId === of.terms.there.cloudId)
      ? known
      : [...known, of.site ?? { cloudId: of.terms.there.cloudId, name: of.terms.there.cloudId, url: '' }];
  return (
    <Modal width="medium" shouldReturnFocus={back} shouldCloseOnOverlayClick={false} onClose={leave}>
      <ModalHeader hasCloseButton closeButtonLabel={dialog.close}>
        <ModalTitle>{of === null ? words.create : words.edit(of.terms.name)}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <div ref={form} className={styles.form}>
          {isKept && (
            <Notice appearance="information">
              <p>{isOutdated ? words.keptOutdated : entry.kept}</p>
              <Button isDisabled={busy} onClick={startOver}>
                {entry.startOver}
              </Button>
            </Notice>
          )}
          {sitesTrouble !== null && <TroubleNotice trouble={sitesTrouble} told={told} onRetry={() => setAttempt(attempt + 1)} />}
          {sites === null && sitesTrouble === null && <p role="status">{words.sitesLoading}</p>}
          <Fields
            key={undone}
            draft={draft}
            hereSite={here}
            sites={offered}
            faults={faults}
            onDraft={(more) => {
              edit(more);
              forget();
            }}
          />
          {trouble !== null && (
            <InSight takesFocus>
              <TroubleNotice trouble={trouble} told={told} />
            </InSight>
          )}
          <p role="alert" className={styles.mistakes}>
            {faults.length > 0 ? entry.mistakes(faults.map(({ field }) => fieldOfIntegration[field])) : ''}
          </p>
        </div>
      </ModalBody>
      <ModalFooter>
        <Button
          appearance="subtle"
          isDisabled={busy}
          onClick={() => {
            // Whoever cancels wants none of it; what is closed by a slip is found again.
            drop();
            onClose();
          }}
        >
          {words.cancel}
        </Button>
        <Button appearance="primary" isLoading={busy} onClick={() => void save()}>
          {of === null ? words.createButton : words.save}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
