import type { ReactNode } from 'react';
import type { SessionKey } from '../api/generated/api.ts';
import type { Told } from '../messages.ts';
import { Blocked } from './Blocked.tsx';
import { TroubleInSight } from './TroubleInSight.tsx';
import type { Authorization } from './useAuthorization.ts';

/** Why a change did not begin: somebody else's is in the way, or something went wrong. */
export function BeginTrouble({
  trouble,
  told,
  onTakeOver,
}: {
  trouble: Authorization['trouble'];
  told: Told;
  /** Begins the change in place of somebody else's. */
  onTakeOver: (insteadOf: SessionKey) => void;
}): ReactNode {
  if (trouble === null) {
    return null;
  }
  if (trouble.from === 'app' && trouble.error.code === 'changeUnderWay') {
    const inTheWay = trouble.error;
    return <Blocked by={inTheWay} told={told} onTakeOver={() => onTakeOver(inTheWay.change)} />;
  }
  return <TroubleInSight trouble={trouble} told={told} />;
}
