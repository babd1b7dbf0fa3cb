import Button from '@atlaskit/button/default/button';
import LinkExternalIcon from '@atlaskit/icon/core/link-external';
import { router } from '@forge/bridge';
import { useState, type ComponentProps, type ReactNode } from 'react';
import { jiraPages as words } from '../messages.ts';
import styles from './JiraLink.module.css';
import { permissionsPage } from './jiraPages.ts';

/** The way to a project's permissions in Jira, where there is one. */
export function PermissionsLink({ project: { key } }: { project: { key: string } }): ReactNode {
  const address = permissionsPage(key);
  return address !== null && <JiraLink address={address} label={words.permissions(key)} />;
}

/** The way to a page of Jira. Forge's frame lies on another host and opens no tab by itself, so Jira is asked to. */
export function JiraLink({ address, label }: { address: string; label: string }): ReactNode {
  const [refused, setRefused] = useState(false);
  const open = () => {
    setRefused(false);
    router.open(address).catch(() => setRefused(true));
  };
  return (
    <div className={styles.link}>
      <Button spacing="compact" appearance="subtle" iconAfter={Opens} onClick={open}>
        <bdi>{label}</bdi>
      </Button>
      <p role="status">{refused ? words.notOpened(address) : ''}</p>
    </div>
  );
}

function Opens(props: Omit<ComponentProps<typeof LinkExternalIcon>, 'label'>): ReactNode {
  return <LinkExternalIcon {...props} label={words.opens} />;
}
