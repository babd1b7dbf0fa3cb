import Button from '@atlaskit/button/default/button';
import Skeleton from '@atlaskit/skeleton';
import { useEffect, useState, type ReactNode } from 'react';
import type { About } from '../api/generated/api.ts';
import { copyText } from '../change/copyText.ts';
import { CopyField } from '../CopyField.tsx';
import { FileDialog } from '../FileDialog.tsx';
import { OutsideLink } from '../OutsideLink.tsx';
import { LoadingWords } from '../LoadingWords.tsx';
import { about as words, copying } from '../messages.ts';
import { useAsking } from '../panel/useAsking.ts';
import { TroubleNotice } from '../TroubleNotice.tsx';

/** Which version runs where, in values to copy: what support asks for first. */
export default function AboutDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { trouble, ask } = useAsking();
  const [about, setAbout] = useState<About | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [copied, setCopied] = useState<boolean | null>(null);
  useEffect(() => {
    void ask({ type: 'about' }).then((reply) => {
      if (reply !== null) {
        setAbout(reply.about);
      }
    });
  }, [ask, attempt]);
  return (
    <FileDialog
      title={words.title}
      close={words.close}
      onClose={onClose}
      controls={about !== null && <Button onClick={() => void copyText(allOf(about)).then(setCopied)}>{words.copyAll}</Button>}
    >
      {trouble !== null && <TroubleNotice trouble={trouble} onRetry={() => setAttempt(attempt + 1)} />}
      {trouble === null && about === null && (
        <>
          <div aria-hidden="true">
            <Skeleton width="100%" height={224} isShimmering />
          </div>
          <LoadingWords loading={words.loading} slow={words.slow} />
        </>
      )}
      {about !== null && (
        <>
          {valuesOf(about).map(({ label, value }) => (
            <CopyField key={label} label={label} value={value} />
          ))}
          <p>{about.door === null ? words.noDoor : words.doorHint}</p>
          <p role="status">{copied === null ? '' : copied ? copying.all : copying.notAll}</p>
          <p>
            <OutsideLink address={HELP}>{words.help}</OutsideLink>
          </p>
        </>
      )}
    </FileDialog>
  );
}

/** Where Atlassian helps administrators of Jira. */
const HELP = 'https://support.atlassian.com/jira-cloud-administration/';

function valuesOf({ version, instanceId, environment, door }: About): Array<{ label: string; value: string }> {
  const values = [
    { label: words.version, value: version },
    { label: words.instanceId, value: instanceId },
    { label: words.environment, value: environment },
  ];
  return door === null ? values : [...values, { label: words.door, value: door }];
}

function allOf(about: About): string {
  return valuesOf(about)
    .map(({ label, value }) => `${label}: ${value}`)
    .join('\n');
}
