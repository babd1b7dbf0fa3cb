import type { ReactNode } from 'react';
import type { Trouble } from '../../api/door.ts';
import { usePanel } from '../../panel/PanelContext.tsx';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import { NoPermission } from './NoPermission.tsx';
import { NotListed } from './NotListed.tsx';

/** The section when there is no status to show. */
export function Failed({ trouble }: { trouble: Trouble }): ReactNode {
  const { retry } = usePanel();
  if (trouble.from === 'app' && trouble.error.code === 'notAdministrator') {
    return <NoPermission trouble={trouble} helpers={trouble.error.helpers} />;
  }
  if (trouble.from === 'app' && trouble.error.code === 'notListed') {
    return <NotListed trouble={trouble} administrators={trouble.error.administrators} request={trouble.error.request} />;
  }
  return <TroubleNotice trouble={trouble} onRetry={retry} />;
}
