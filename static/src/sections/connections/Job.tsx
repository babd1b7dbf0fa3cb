import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import type { Connections, Steering, SteeringOffer } from '../../api/generated/api.ts';
import { job as words, steering, type Told } from '../../messages.ts';
import { useAsking } from '../../panel/useAsking.ts';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import { Part } from '../Part.tsx';
import styles from './Job.module.css';

/** The job that tries people's grants: how far it is, and how it may be steered. */
export function Job({
  connections,
  told,
  onSteered,
}: {
  connections: Connections;
  told: Told;
  onSteered: () => void;
}): ReactNode {
  const { asking, trouble, ask } = useAsking();
  const { job } = connections;
  const steer = async (to: Steering) => {
    await ask({ type: 'steerWave', to });
    // Also after a refusal: the job stands elsewhere than it was shown.
    onSteered();
  };
  return (
    <Part title={words.heading}>
      <div className={styles.job}>
        <p className={styles.progress}>{job === null ? words.never : words.progress(job, told)}</p>
        {job?.state === 'running' && (
          <progress className={styles.bar} aria-label={words.bar} max={Math.max(1, job.total)} value={Math.min(job.tried, job.total)} />
        )}
        {connections.steering.length > 0 && (
          <div className={styles.controls}>
            {connections.steering.map((offer) => (
              <Button key={offer} spacing="compact" isDisabled={asking !== null} onClick={() => void steer(demand(offer))}>
                {steering(offer)}
              </Button>
            ))}
          </div>
        )}
        {trouble !== null && <TroubleNotice trouble={trouble} told={told} headingLevel="h3" />}
      </div>
    </Part>
  );
}

/** What is asked for when an offer is taken. */
function demand(offer: SteeringOffer): Steering {
  switch (offer) {
    case 'pause':
      return 'pause';
    case 'resume':
      return 'resume';
    case 'cancel':
      return 'cancel';
    case 'restart':
      return 'restart';
  }
}
