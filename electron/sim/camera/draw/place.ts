import type { Rgb } from '../part.ts';
import type { Chip } from './chip.ts';
import { paintOver, type Picture, smooth } from './picture.ts';

/** How a chip lies: beside the middle (pixels), turned (degrees), and how high it stands out (pixels of shadow). */
export interface Pose {
  dx: number;
  dy: number;
  angleDeg: number;
  height: number;
}

/** The turned chip's middle and axes in the patch. */
interface Frame {
  cx: number;
  cy: number;
  cos: number;
  sin: number;
}

/** Lays the chip into `patch`, turned and shifted, with the shadow it throws to the lower right. */
export const place = (patch: Picture, chip: Chip, pose: Pose): void => {
  const angle = (pose.angleDeg * Math.PI) / 180;
  const frame = { cx: patch.width / 2 + pose.dx, cy: patch.height / 2 + pose.dy, cos: Math.cos(angle), sin: Math.sin(angle) };
  throwShadow(patch, chip, frame, pose.height);
  layDown(patch, chip.picture, frame);
};

/** Half the extent of a turned rectangle, pixels. */
const reach = ({ cos, sin }: Frame, width: number, height: number): [number, number] => [
  (Math.abs(cos) * width + Math.abs(sin) * height) / 2,
  (Math.abs(sin) * width + Math.abs(cos) * height) / 2,
];

const shadow: Rgb = [8, 7, 6];

const throwShadow = (patch: Picture, { width, length }: Chip, frame: Frame, height: number): void => {
  const { cos, sin } = frame;
  const [cx, cy] = [frame.cx + height * 0.8, frame.cy + height];
  const [reachX, reachY] = reach(frame, width + 2 * height, length + 2 * height);
  const [halfX, halfY] = [width / 2, length / 2];
  const bottom = Math.min(patch.height, cy + reachY);
  const right = Math.min(patch.width, cx + reachX);
  for (let row = Math.max(0, Math.floor(cy - reachY)); row < bottom; row++)
    for (let column = Math.max(0, Math.floor(cx - reachX)); column < right; column++) {
      const dx = column - cx + 0.5;
      const dy = row - cy + 0.5;
      const away = Math.max(Math.abs(dx * cos + dy * sin) - halfX, Math.abs(dy * cos - dx * sin) - halfY);
      // What lies deep under the chip is covered by it.
      if (away > -2.2 * height && away < height)
        paintOver(patch.data, (row * patch.width + column) * 4, shadow, 0.62 * smooth(height, -height * 0.9, away));
    }
};

/** Mixes every pixel of the turned picture over the patch, with the four that it lies between. */
const layDown = (patch: Picture, picture: Picture, frame: Frame): void => {
  const { cx, cy, cos, sin } = frame;
  const { data, width, height } = picture;
  const [reachX, reachY] = reach(frame, width, height);
  const bottom = Math.min(patch.height, cy + reachY);
  const right = Math.min(patch.width, cx + reachX);
  for (let row = Math.max(0, Math.floor(cy - reachY)); row < bottom; row++)
    for (let column = Math.max(0, Math.floor(cx - reachX)); column < right; column++) {
      const dx = column - cx + 0.5;
      const dy = row - cy + 0.5;
      const x = dx * cos + dy * sin + width / 2 - 0.5;
      const y = dy * cos - dx * sin + height / 2 - 0.5;
      if (x < 0 || y < 0 || x >= width - 1 || y >= height - 1) continue;
      const x0 = x | 0;
      const y0 = y | 0;
      const a = (y0 * width + x0) * 4;
      const b = a + width * 4;
      const w11 = (x - x0) * (y - y0);
      const w10 = x - x0 - w11;
      const w01 = y - y0 - w11;
      const w00 = 1 - w11 - w10 - w01;
      const alpha =
        (data[a + 3] as number) * w00 +
        (data[a + 7] as number) * w10 +
        (data[b + 3] as number) * w01 +
        (data[b + 7] as number) * w11;
      if (alpha < 1) continue;
      const red =
        (data[a] as number) * w00 + (data[a + 4] as number) * w10 + (data[b] as number) * w01 + (data[b + 4] as number) * w11;
      const green =
        (data[a + 1] as number) * w00 +
        (data[a + 5] as number) * w10 +
        (data[b + 1] as number) * w01 +
        (data[b + 5] as number) * w11;
      const blue =
        (data[a + 2] as number) * w00 +
        (data[a + 6] as number) * w10 +
        (data[b + 2] as number) * w01 +
        (data[b + 6] as number) * w11;
      const at = (row * patch.width + column) * 4;
      if (alpha > 254 && patch.data[at + 3] === 255) {
        patch.data[at] = red;
        patch.data[at + 1] = green;
        patch.data[at + 2] = blue;
      } else paintOver(patch.data, at, [red, green, blue], alpha / 255);
    }
};
