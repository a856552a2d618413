import { useEffect, useRef, useState } from 'react';

/** A pointer that rests for so long reaches for nothing: a mouse that was left there must not hold the list for hours. */
const restMs = 15_000;

/** Whether somebody's finger or pointer is on an element, and the handlers that the element needs for it. */
export const useTouched = () => {
  const [isTouched, setTouched] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const onPointerLeave = (): void => {
    clearTimeout(timer.current);
    setTouched(false);
  };
  const touch = (): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(onPointerLeave, restMs);
    setTouched(true);
  };
  return { isTouched, handlers: { onPointerEnter: touch, onPointerMove: touch, onPointerLeave } };
};
