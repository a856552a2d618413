/** A defect's place in a picture, pixels; the right and lower edges are not part of it. */
export interface Box {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** A defect is told tile by tile, so that a long thin scratch is not one large box with little in it. */
const tilePx = 15;
/** Levels by which a pixel must differ to belong to the defect: well above the noise of neighbours that light changes. */
const different = 26;
/** Fewer pixels of a tile than this are chance. */
const leastPixels = 4;

/**
 * Where the picture of a bad part differs from that of the same part without its defect, taken in the same exposure.
 * Both are `width` × `height` bytes, one a pixel.
 */
export const defectBoxes = (picture: Uint8Array, twin: Uint8Array, width: number, height: number): Box[] => {
  const boxes: Box[] = [];
  for (let top = 0; top < height; top += tilePx)
    for (let left = 0; left < width; left += tilePx) {
      const box = boxIn(picture, twin, width, {
        x0: left,
        y0: top,
        x1: Math.min(width, left + tilePx),
        y1: Math.min(height, top + tilePx),
      });
      if (box !== null) boxes.push(box);
    }
  return boxes;
};

/** The smallest box around what differs in one tile. */
const boxIn = (picture: Uint8Array, twin: Uint8Array, width: number, tile: Box): Box | null => {
  const box = { x0: tile.x1, y0: tile.y1, x1: tile.x0, y1: tile.y0 };
  let pixels = 0;
  for (let y = tile.y0; y < tile.y1; y++)
    for (let x = tile.x0; x < tile.x1; x++) {
      const at = y * width + x;
      if (Math.abs((picture[at] ?? 0) - (twin[at] ?? 0)) <= different) continue;
      pixels += 1;
      box.x0 = Math.min(box.x0, x);
      box.y0 = Math.min(box.y0, y);
      box.x1 = Math.max(box.x1, x + 1);
      box.y1 = Math.max(box.y1, y + 1);
    }
  return pixels < leastPixels ? null : box;
};

/** As the label file has them: `x0 y0 x1 y1`, `;` between boxes. */
export const boxesText = (boxes: readonly Box[]): string =>
  boxes.map(({ x0, y0, x1, y1 }) => `${x0} ${y0} ${x1} ${y1}`).join(';');
