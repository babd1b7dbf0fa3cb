import type { ReactNode } from 'react';
import type { Risk } from '../../api/generated/api.ts';
import { risk as words, type Told } from '../../messages.ts';
import { Notice } from '../../Notice.tsx';

/** What will stop the integration unless somebody acts, or has stopped it. */
export function RiskBanner({ risk, told }: { risk: Risk; told: Told }): ReactNode {
  const { title, text, next } = words(risk, told);
  return (
    <Notice appearance={stopped(risk) ? 'error' : 'warning'} title={title}>
      <p>{text}</p>
      <p>{next}</p>
    </Notice>
  );
}

function stopped(risk: Risk): boolean {
  switch (risk.type) {
    case 'clientSecretRejected':
    case 'disconnected':
      return true;
    case 'idlesOut':
    case 'webhooksExpire':
    case 'notAdministrator':
    case 'noProductAccess':
    case 'scopesMissing':
    case 'registerDue':
    case 'scheduleStopped':
    case 'allowedByLink':
    case 'testsFailed':
      return false;
  }
}
