import Button from '@atlaskit/button/default/button';
import Modal from '@atlaskit/modal-dialog/modal-dialog';
import ModalBody from '@atlaskit/modal-dialog/modal-body';
import ModalFooter from '@atlaskit/modal-dialog/modal-footer';
import ModalHeader from '@atlaskit/modal-dialog/modal-header';
import ModalTitle from '@atlaskit/modal-dialog/modal-title';
import { useEffect, useState, type ReactNode } from 'react';
import type { Trouble } from '../../api/door.ts';
import type { IntegrationView, Site } from '../../api/generated/api.ts';
import { dialog, integrationDialog as words, type Told } from '../../messages.ts';
import { usePanel } from '../../panel/PanelContext.tsx';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import { useAskingBy } from '../../useAskingBy.ts';
import { draftOf, NEW, termsOf, type Draft, type DraftFault } from './draft.ts';
import { Fields } from './Fields.tsx';
import styles from './Fields.module.css';
import type { ChangeIntegrations, IntegrationRequest } from './useIntegrations.ts';

/** Creates an integration, or settles one anew. What is entered stays until it is saved or the dialog is closed. */
export default function IntegrationDialog({
  of,
  here,
  told,
  change,
  onClose,
  onSaved,
}: {
  /** The integration as it was when the dialog was opened; none for a new one. */
  of: IntegrationView | null;
  /** This site. */
  here: string;
  told: Told;
  change: ChangeIntegrations;
  onClose: () => void;
  onSaved: (name: string) => void;
}): ReactNode {
  const panel = usePanel();
  const { asking, trouble, ask, forget } = useAskingBy<IntegrationRequest>(change);
  const [draft, setDraft] = useState<Draft>(() => (of === null ? NEW : draftOf(of)));
  const [fault, setFault] = useState<DraftFault | null>(null);
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
  const save = async () => {
    const read = termsOf(draft, here);
    if ('fault' in read) {
      setFault(read.fault);
      return;
    }
    setFault(null);
    const { terms } = read;
    const reply = await ask(of === null ? { type: 'createIntegration', terms } : { type: 'changeIntegration', id: of.id, seen: of.changedAt, terms });
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
    <Modal width="medium" shouldCloseOnOverlayClick={false} onClose={leave}>
      <ModalHeader hasCloseButton closeButtonLabel={dialog.close}>
        <ModalTitle>{of === null ? words.create : words.edit(of.terms.name)}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <div className={styles.form}>
          {sitesTrouble !== null && <TroubleNotice trouble={sitesTrouble} told={told} onRetry={() => setAttempt(attempt + 1)} />}
          {sites === null && sitesTrouble === null && <p role="status">{words.sitesLoading}</p>}
          <Fields
            draft={draft}
            hereSite={here}
            sites={offered}
            fault={fault}
            onDraft={(more) => {
              setDraft({ ...draft, ...more });
              forget();
            }}
          />
          {trouble !== null && <TroubleNotice trouble={trouble} told={told} />}
        </div>
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" isDisabled={busy} onClick={leave}>
          {words.cancel}
        </Button>
        <Button appearance="primary" isLoading={busy} onClick={() => void save()}>
          {of === null ? words.createButton : words.save}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
