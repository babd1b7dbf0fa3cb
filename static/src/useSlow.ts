import { useEffect, useState } from 'react';

/** Whether something has been going on for longer than a second: then it deserves words. */
export function useSlow(going: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!going) {
      setSlow(false);
      return undefined;
    }
    const timer = setTimeout(setSlow, 1000, true);
    return () => clearTimeout(timer);
  }, [going]);
  return slow;
}
