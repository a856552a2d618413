"""The images of a split as the training sees them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tqdm import tqdm

from .errors import PersonError
from .images import Pixels, Size, read_rgb, shrink, to_input
from .table import Row


@dataclass(frozen=True)
class Source:
    """Where images lie and how they are brought to `size`; `boxes` is the CSV's column with the places of defects."""

    folder: Path
    size: Size
    resize: str
    boxes: str | None = None


@dataclass(frozen=True)
class Box:
    """A defect's place, in parts (0…1) of the picture's width and height."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True)
class Labelled:
    """Images, the index of each one's label, and where its defects are, when that is known."""

    pixels: Pixels
    labels: np.ndarray
    boxes: list[tuple[Box, ...]]

    @property
    def size(self) -> Size:
        return self.pixels.shape[2], self.pixels.shape[1]

    def at(self, size: Size) -> "Labelled":
        return Labelled(shrink(self.pixels, size), self.labels, self.boxes)


@dataclass(frozen=True)
class Data:
    """The three parts; `names` in the order of the model's outputs, `good` a flag for each."""

    names: list[str]
    good: np.ndarray
    train: Labelled
    val: Labelled
    test: Labelled


def load(rows: list[Row], names: list[str], source: Source, title: str) -> Labelled:
    """All images of `rows`, with a progress bar. Raises PersonError at the first bad one."""
    pixels = np.empty((len(rows), source.size[1], source.size[0], 3), np.uint8)
    boxes: list[tuple[Box, ...]] = [()] * len(rows)

    def one(index: int) -> None:
        row = rows[index]
        picture = read_rgb(source.folder / row.file)
        pixels[index] = to_input(picture, source.size, source.resize)
        if source.boxes is not None:
            boxes[index] = boxes_of(row, source.boxes, picture.shape[1], picture.shape[0])

    with ThreadPoolExecutor(2) as pool:
        for _ in tqdm(pool.map(one, range(len(rows))), total=len(rows), desc=title, unit="image"):
            pass
    return Labelled(pixels, np.array([names.index(row.label) for row in rows]), boxes)


def boxes_of(row: Row, column: str, width: int, height: int) -> tuple[Box, ...]:
    """Reads `x0 y0 x1 y1;x0 y0 x1 y1`, pixels of the picture; an empty field is no box. Raises PersonError."""
    boxes = []
    for text in filter(None, row.columns[column].split(";")):
        try:
            x0, y0, x1, y1 = (float(number) for number in text.split())
        except ValueError:
            x0 = y0 = x1 = y1 = -1.0
        if not (0 <= x0 < x1 <= width and 0 <= y0 < y1 <= height):
            raise PersonError(f'"{text}" in column {column} of {row.file} is no box in a picture of {width}×{height}: x0 y0 x1 y1.')
        boxes.append(Box(x0 / width, y0 / height, x1 / width, y1 / height))
    return tuple(boxes)
