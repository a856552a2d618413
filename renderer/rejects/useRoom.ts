import { type RefObject, useEffect, useState } from 'react';

/**
 * How many cards of a grid have room. The style sheet decides: its columns, times its rows in `--rows`; a card that is not
 * seen is not there for the keyboard either.
 */
export const useRoom = (grid: RefObject<HTMLElement | null>): number => {
  const [room, setRoom] = useState(0);
  useEffect(() => {
    const element = grid.current;
    if (element === null) return;
    const watch = new ResizeObserver(() => {
      const style = getComputedStyle(element);
      setRoom(style.gridTemplateColumns.split(' ').length * Number(style.getPropertyValue('--rows')));
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, [grid]);
  return room;
};
