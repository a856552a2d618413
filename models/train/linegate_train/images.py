"""Pixels: an image file becomes the model's input exactly as the vision process makes it from a camera's frame."""

import re
from pathlib import Path

import cv2
import numpy as np

from .errors import PersonError

Pixels = np.ndarray
"""uint8 RGB: [height, width, 3], or [images, height, width, 3]."""

RESIZE = {"area": cv2.INTER_AREA, "linear": cv2.INTER_LINEAR}
"""The manifest's word for it → OpenCV's."""

Size = tuple[int, int]
"""Width, height."""


def size_of(text: str) -> Size:
    """`224` or `384x160`: width, height. Raises PersonError."""
    found = re.fullmatch(r"(\d+)(?:x(\d+))?", text)
    width, height = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not (32 <= width <= 2048 and 32 <= height <= 2048):
        raise PersonError(f'The size "{text}" is none. Write 224 or WIDTHxHEIGHT, 32 to 2048 pixels each.')
    return width, height


def read_rgb(file: Path) -> Pixels:
    """Decodes an image file with OpenCV, as the folder camera does. Raises PersonError."""
    if not file.is_file():
        raise PersonError(f"The image {file} is not there. Check --images and the CSV's column file.")
    bgr = cv2.imread(str(file), cv2.IMREAD_COLOR)
    if bgr is None:
        raise PersonError(f"The image {file} cannot be read as a picture. Replace it or remove its line from the CSV.")
    return cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)


def to_input(rgb: Pixels, size: Size, resize: str) -> Pixels:
    """The model's input: the whole picture brought to `size`, its aspect not kept."""
    if rgb.shape[1::-1] == size:
        return rgb
    return cv2.resize(rgb, size, interpolation=RESIZE[resize])


def shrink(pixels: Pixels, size: Size) -> Pixels:
    """The same images, smaller: for the first, cheap epochs."""
    if pixels.shape[2:0:-1] == size:
        return pixels
    return np.stack([cv2.resize(image, size, interpolation=cv2.INTER_AREA) for image in pixels])
