"""
Defects from where they are known to be, pasted into good pictures.

Bad pictures often differ from good ones by more than the defect: they were taken later, in other light, on a worn machine. A defect in a
good picture leaves nothing else to learn.
"""

import cv2
import numpy as np

from .images import Pixels
from .part import Box, Labelled

MARGIN = 0.35
"""Of the box's size, all around: the defect's soft edge, and the surface that is matched to the new place."""
SMALLEST = 0.4
"""A defect may be shrunk to this: small ones are rare in the pictures and the first that matter."""


def paste_some(
    part: Labelled, good: np.ndarray, chosen: np.ndarray, share: float, chance: np.random.Generator
) -> tuple[Pixels, list[tuple[Box, ...]]]:
    """
    The pictures `chosen` of `part` and their defects' places; of those with known defects, a `share` is replaced by a good
    picture with one of their defects in it. `good`: indices of the good pictures. The labels stay what they are.
    """
    pixels = part.pixels[chosen]
    boxes = [part.boxes[index] for index in chosen]
    for place, index in enumerate(chosen):
        if boxes[place] and chance.random() < share:
            box = boxes[place][chance.integers(len(boxes[place]))]
            pixels[place], pasted = paste(part.pixels[chance.choice(good)], part.pixels[index], box, chance)
            boxes[place] = (pasted,)
    return pixels, boxes


def paste(base: Pixels, donor: Pixels, box: Box, chance: np.random.Generator) -> tuple[Pixels, Box]:
    """
    A copy of `base` with the part of `donor` in `box` at about the same place, blended into the brightness there; and the
    place of what was pasted, its soft edge included.
    """
    height, width = base.shape[:2]
    x0, y0, x1, y1 = _around(box, width, height)
    shrink = chance.uniform(SMALLEST, 1)
    size = (max(3, round((x1 - x0) * shrink)), max(3, round((y1 - y0) * shrink)))
    patch = cv2.resize(donor[y0:y1, x0:x1], size, interpolation=cv2.INTER_AREA).astype(np.float32)
    left = int(np.clip(x0 + chance.normal(0, 0.06) * width, 0, width - size[0]))
    top = int(np.clip(y0 + chance.normal(0, 0.04) * height, 0, height - size[1]))
    made = base.copy()
    there = made[top : top + size[1], left : left + size[0]]
    soft = _soft(size)
    matched = patch + (_rim(there, soft) - _rim(patch, soft))
    there[:] = np.clip(there * (1 - soft) + matched * soft, 0, 255).round().astype(np.uint8)
    right, bottom = left + size[0], top + size[1]
    return made, Box(left / width, top / height, right / width, bottom / height)


def _around(box: Box, width: int, height: int) -> tuple[int, int, int, int]:
    """The box in pixels with its margin: left, top, right, bottom."""
    extra = MARGIN * max((box.x1 - box.x0) * width, (box.y1 - box.y0) * height, 4)
    x0, y0 = max(0, round(box.x0 * width - extra)), max(0, round(box.y0 * height - extra))
    x1, y1 = min(width, round(box.x1 * width + extra)), min(height, round(box.y1 * height + extra))
    return x0, y0, max(x0 + 3, x1), max(y0 + 3, y1)


def _soft(size: tuple[int, int]) -> np.ndarray:
    """1 in the middle, 0 on the edge of an ellipse."""
    x = np.linspace(-1, 1, size[0])[None, :]
    y = np.linspace(-1, 1, size[1])[:, None]
    return np.clip((1 - np.sqrt(x * x + y * y)) / 0.4, 0, 1)[..., None].astype(np.float32)


def _rim(pixels: np.ndarray, soft: np.ndarray) -> np.ndarray:
    """The mean colour of what is blended away."""
    weight = 1 - soft
    return (pixels * weight).sum((0, 1)) / weight.sum()
