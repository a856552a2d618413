import { useEffect, useRef, useState } from 'react';
import { mayRenew } from './calm.ts';

/** `newest`, but not more often than a person can follow and not while it is `held`. Another `key` shows at once. */
export const useCalm = <T>(key: string, newest: T, isHeld: boolean): T => {
  const [shown, setShown] = useState({ key, value: newest });
  const renewedAtMs = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (shown.value === newest && shown.key === key) return;
    const nowMs = performance.now();
    if (shown.key === key && shown.value !== null && !mayRenew(renewedAtMs.current, isHeld, nowMs)) return;
    renewedAtMs.current = nowMs;
    setShown({ key, value: newest });
  }, [key, newest, isHeld, shown]);
  return shown.key === key ? shown.value : newest;
};
