"""What to make, from what, how; and the defaults that depend on each other."""

import argparse
from dataclasses import dataclass
from pathlib import Path

import torch

from .augment import Variation
from .errors import PersonError
from .images import Size, size_of
from .part import Source
from .plan import Plan
from .table import Split

TUNE_EPOCHS = 2
TUNE_RATE = 5e-5
"""Quantization-aware fine-tuning starts from a trained network: little and gently."""


@dataclass(frozen=True)
class Order:
    """Everything that `make` needs."""

    source: Source
    out: Path
    rows: Split
    good: set[str]
    words: dict[str, dict[str, str]]
    group: str | None
    init: Path | None
    plan: Plan
    tune: Plan
    golden: int
    most_unsure: float
    name: str
    version: str
    description: str


def order(options: argparse.Namespace, rows: Split, name: str, size: Size) -> Order:
    """Raises PersonError."""
    torch.set_num_threads(options.threads)
    tuned = options.init is not None
    first, first_size = _first(options.first)
    variation = Variation(degrees=options.rotate, shift=options.shift, flip=options.flip)
    batch = options.batch or (16 if tuned else 32)
    good = {label.strip() for label in options.ok.split(",")}
    return Order(
        source=Source(options.images, size, options.resize, options.boxes),
        out=options.out.resolve(),
        rows=rows,
        good=good,
        words=_words(options.words, {row.label for row in rows.train}),
        group=options.group,
        init=options.init,
        plan=Plan(
            epochs=options.epochs or (6 if tuned else 15),
            learning_rate=options.rate or (3e-4 if tuned else 2e-3),
            first=first,
            first_size=first_size,
            patches=options.patches,
            paste=options.paste,
            batch=batch,
            seed=options.seed,
            variation=variation,
        ),
        tune=Plan(epochs=TUNE_EPOCHS, learning_rate=TUNE_RATE, batch=batch, seed=options.seed, variation=variation),
        golden=options.golden,
        most_unsure=options.unsure,
        name=name,
        version=options.version,
        description=options.description or f"Tells {', '.join(sorted({row.label for row in rows.train}))} apart.",
    )


def _words(texts: list[str], labels: set[str]) -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = {}
    for text in texts:
        language, _, pairs = text.partition(":")
        for pair in pairs.split(","):
            label, _, word = (part.strip() for part in pair.partition("="))
            if not language or not word or label not in labels:
                raise PersonError(f'--words "{text}" is none. Write LANG:LABEL=WORD,… with the labels of the images.')
            words.setdefault(label, {})[language] = word
    return words


def _first(text: str) -> tuple[int, Size]:
    epochs, at, size = text.partition("@")
    if not epochs.isdigit() or bool(at) != (int(epochs) > 0):
        raise PersonError(f'--first "{text}" is none. Write EPOCHS@SIZE, for example 10@128.')
    return int(epochs), size_of(size) if at else (0, 0)
