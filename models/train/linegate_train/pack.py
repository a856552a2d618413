"""The package: model, golden set, manifest, hashes. Field by field what `electron/contract/manifest.ts` says."""

import csv
import hashlib
import json
import os
import random
import shutil
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np

from .errors import PersonError
from .evaluate import Figures, probabilities
from .export import INPUT, OUTPUT
from .images import Size, read_rgb, to_input
from .table import Row
from .thresholds import Thresholds

MODEL = "model.onnx"
GOLDEN_LABELS = "golden/labels.csv"
GOLDEN_OUTPUTS = "golden/outputs.csv"
GOLDEN_JPEG_QUALITY = 93
TOLERANCE = 0.05
"""A provider may round otherwise, a processor without VNNI adds in another order; a wrong model differs by far more."""


@dataclass(frozen=True)
class Facts:
    """What the manifest says besides the files."""

    name: str
    version: str
    description: str
    labels: list[str]
    good: set[str]
    words: dict[str, dict[str, str]]
    size: Size
    resize: str
    thresholds: Thresholds
    fp32: Figures
    int8: Figures


def need_free(folder: Path) -> None:
    """Refuses a folder with somebody else's files in it; an older package may be replaced. Raises PersonError."""
    if folder.exists() and not (folder.is_dir() and (not any(folder.iterdir()) or (folder / "manifest.json").is_file())):
        raise PersonError(f"{folder} is there already and is no model package. Choose another --out or empty it.")


def write_golden(package: Path, rows: list[Row], images: Path, count: int, seed: int) -> None:
    """
    Copies about `count` test images, the same number of every label where there are enough, into `golden/`.

    Pictures are stored as they are cut out of the frame, before the resize: JPEG stays as it is, others become JPEG.
    """
    (package / "golden").mkdir(parents=True)
    chosen = _stratified(rows, count, seed)
    lines = []
    for number, row in enumerate(chosen, start=1):
        name = f"golden/{number:04d}.jpg"
        source = images / row.file
        if source.suffix.lower() in (".jpg", ".jpeg"):
            shutil.copyfile(source, package / name)
        else:
            bgr = cv2.cvtColor(read_rgb(source), cv2.COLOR_RGB2BGR)
            cv2.imwrite(str(package / name), bgr, [cv2.IMWRITE_JPEG_QUALITY, GOLDEN_JPEG_QUALITY])
        lines.append([name, row.label])
    _write_csv(package / GOLDEN_LABELS, ["file", "label"], lines)


def _stratified(rows: list[Row], count: int, seed: int) -> list[Row]:
    """Labels take turns, so that the first few images already show every label."""
    chance = random.Random(seed)
    kinds: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        kinds[row.label].append(row)
    for held in kinds.values():
        chance.shuffle(held)
    chosen: list[Row] = []
    while len(chosen) < count and any(kinds.values()):
        chosen += [held.pop() for _, held in sorted(kinds.items()) if held]
    return chosen[:count]


def write_golden_outputs(package: Path, labels: list[str], size: Size, resize: str) -> float:
    """Runs the packed model on the golden images as they are stored; returns its accuracy on them."""
    with (package / GOLDEN_LABELS).open(newline="") as stream:
        golden = list(csv.DictReader(stream))
    pixels = np.stack([to_input(read_rgb(package / line["file"]), size, resize) for line in golden])
    given = probabilities(package / MODEL, pixels, "Golden outputs")
    lines = [[line["file"], *(f"{p:.6f}" for p in row)] for line, row in zip(golden, given, strict=True)]
    _write_csv(package / GOLDEN_OUTPUTS, ["file", *labels], lines)
    truth = np.array([labels.index(line["label"]) for line in golden])
    return float((given.argmax(1) == truth).mean())


def write_manifest(package: Path, facts: Facts, golden_accuracy: float) -> None:
    """Writes `manifest.json` last: it holds the hash of every other file."""
    names = sorted(p.relative_to(package).as_posix() for p in package.rglob("*") if p.is_file())
    hashes = {name: sha256(package / name) for name in names if name != "manifest.json"}
    model = package / MODEL
    content = {
        "format": "linegate-model/1",
        "name": facts.name,
        "version": facts.version,
        "createdAt": _now(),
        "description": facts.description,
        "labels": [_label(name, facts) for name in facts.labels],
        "model": {"file": MODEL, "sha256": hashes[MODEL], "bytes": model.stat().st_size},
        "input": {"name": INPUT, "width": facts.size[0], "height": facts.size[1], "resize": facts.resize},
        "output": {"name": OUTPUT},
        "thresholds": {"ok": facts.thresholds.ok, "nok": facts.thresholds.nok},
        "golden": {
            "labels": GOLDEN_LABELS,
            "outputs": GOLDEN_OUTPUTS,
            "tolerance": TOLERANCE,
            "accuracy": golden_accuracy,
        },
        "figures": {"fp32": _figures(facts.fp32), "int8": _figures(facts.int8)},
        "files": hashes,
    }
    (package / "manifest.json").write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def _label(name: str, facts: Facts) -> dict:
    words = {"words": facts.words[name]} if name in facts.words else {}
    return {"name": name, "verdict": "ok" if name in facts.good else "nok", **words}


def _figures(figures: Figures) -> dict:
    return {
        "images": figures.images,
        "accuracy": figures.accuracy,
        "balancedAccuracy": figures.balanced_accuracy,
        "confusion": figures.confusion,
        "bytes": figures.bytes,
        "inferenceMs": figures.inference_ms,
    }


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _now() -> str:
    """Now, or SOURCE_DATE_EPOCH (seconds) so that a package can be made again bit by bit."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.now(UTC) if seconds is None else datetime.fromtimestamp(int(seconds), UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _write_csv(file: Path, header: list[str], lines: list[list[str]]) -> None:
    with file.open("w", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)
