"""Small images that a test can learn from in seconds."""

import csv
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))


@pytest.fixture(scope="session")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """60 pictures of 48×40 pixels: plain (`good`), with a `spot`, with a `line`; ten lots of six; `labels.csv` beside them."""
    folder = tmp_path_factory.mktemp("parts")
    chance = np.random.default_rng(7)
    lines = []
    for number in range(60):
        label = ["good", "spot", "line"][number % 3]
        picture = np.full((40, 48, 3), (90, 120, 120), np.uint8)
        x, y = (int(v) for v in chance.integers(12, 28, 2))
        if label == "spot":
            cv2.circle(picture, (x, y), 6, (20, 20, 220), -1)
        if label == "line":
            cv2.line(picture, (3, y), (45, y + 3), (235, 235, 235), 2)
        noisy = np.clip(picture + chance.normal(0, 4, picture.shape), 0, 255).astype(np.uint8)
        cv2.imwrite(str(folder / f"{number:03d}.png"), noisy)
        lines.append([f"{number:03d}.png", label, f"lot{number // 6}", "day" if number < 30 else "night"])
    with (folder / "labels.csv").open("w", newline="") as stream:
        csv.writer(stream).writerows([["file", "label", "lot", "shift"], *lines])
    return folder
