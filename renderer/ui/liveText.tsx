import { useRef } from 'react';
import type { Live } from '../api/live.ts';
import { useLive } from '../api/use.ts';

interface Props {
  /** What stands here now; called in every frame in which something has changed. */
  of: (live: Live, nowMs: number) => string;
  className?: string | undefined;
}

/** A text that changes many times a second without React. */
export const LiveText = ({ of, className }: Props) => {
  const span = useRef<HTMLSpanElement>(null);
  const written = useRef('');
  useLive((live, nowMs) => {
    const now = of(live, nowMs);
    if (span.current === null || now === written.current) return;
    written.current = now;
    span.current.textContent = now;
  });
  return <span ref={span} className={className} />;
};
