"""The way from images to a package, step by step."""

import shutil
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import nn

from . import plots
from .augment import Variation
from .card import Story, write_card, write_report
from .errors import PersonError
from .evaluate import Figures, figures, inference_ms, probabilities
from .export import export_float, take_bytes
from .fake_quant import plain, rounded
from .fit import Epoch, Labelled, Plan, fit
from .images import Size, load
from .network import build, fold_batch_norm, load_trunk
from .pack import MODEL, Facts, need_free, write_golden, write_golden_outputs, write_manifest
from .quantize import quantize_best
from .table import Row, Split
from .thresholds import Thresholds, choose_thresholds, judge

POINT = 0.01
"""INT8 may lose this much accuracy against FP32 before it is fine-tuned."""
CALIBRATING = 128
"""Images for calibration: more changed no range, and the histograms of each are held in memory."""


@dataclass(frozen=True)
class Order:
    """What to make, from what, how."""

    images: Path
    out: Path
    rows: Split
    good: set[str]
    group: str | None
    size: Size
    resize: str
    init: Path | None
    plan: Plan
    tune: Plan
    golden: int
    most_unsure: float
    name: str
    version: str
    description: str


@dataclass(frozen=True)
class Data:
    """The three parts as pixels."""

    labels: list[str]
    train: Labelled
    val: Labelled
    test: Labelled


@dataclass(frozen=True)
class Judged:
    """A model file with what it says about the validation and test images."""

    file: Path
    val: np.ndarray
    test: np.ndarray

    def loses_to(self, data: Data, other: "Judged") -> float:
        """How much more accurate `other` is, the worse of validation and test (0.01 is a point)."""

        def right(given: np.ndarray, part: Labelled) -> float:
            return float((given.argmax(1) == part.labels).mean())

        return max(
            right(other.val, data.val) - right(self.val, data.val),
            right(other.test, data.test) - right(self.test, data.test),
        )


def make(order: Order) -> Facts:
    """Makes the package `order.out` and returns what its manifest says. Raises PersonError."""
    need_free(order.out)
    data = read_data(order)
    network, epochs = train(order, data)
    with tempfile.TemporaryDirectory(prefix="linegate-train-") as folder:
        fp32, int8, calibration, tuned = to_int8(order, data, network, Path(folder))
        facts, story = measure(order, data, fp32, int8)
        story = replace(story, epochs=epochs, calibration=calibration, quantization_aware=tuned)
        return write(order, data, facts, story, int8)


def read_data(order: Order) -> Data:
    names = sorted({row.label for row in order.rows.train}, key=lambda name: (name not in order.good, name))
    kinds = {name in order.good for name in names}
    if kinds != {True, False}:
        missing = "good label: name it with --ok" if kinds == {False} else "defect: all are named by --ok"
        raise PersonError(f"The labels {', '.join(names)} hold no {missing}.")

    def part(rows: list[Row], title: str) -> Labelled:
        pixels = load(rows, order.images, order.size, order.resize, title)
        return Labelled(pixels, np.array([names.index(row.label) for row in rows]))

    return Data(
        names,
        part(order.rows.train, "Training images"),
        part(order.rows.val, "Validation images"),
        part(order.rows.test, "Test images"),
    )


def train(order: Order, data: Data) -> tuple[nn.Module, list[Epoch]]:
    """The trained network with its batch norm folded."""
    torch.manual_seed(order.plan.seed)
    network = build(len(data.labels))
    if order.init is not None:
        load_trunk(network, order.init)
        network = fold_batch_norm(network)
    network, epochs = fit(network, data.train, data.val, order.plan, "Training")
    return fold_batch_norm(network), epochs


def to_int8(order: Order, data: Data, network: nn.Module, folder: Path) -> tuple[Judged, Judged, str, bool]:
    """FP32 and INT8 models, how INT8 was calibrated, and whether it needed quantization-aware fine-tuning."""
    fp32, int8, calibration = _both(order, data, network, folder)
    lost = int8.loses_to(data, fp32)
    if lost <= POINT:
        return fp32, int8, calibration, False
    print(f"INT8 loses {lost * 100:.1f} points: fine-tuning with rounding.", file=sys.stderr)
    again = folder / "tuned"
    again.mkdir()
    tuned, _ = fit(rounded(network), data.train, data.val, order.tune, "Fine-tuning")
    _, better, how = _both(order, data, plain(tuned), again)
    if better.loses_to(data, fp32) >= lost:
        print("Fine-tuning did not help; the first INT8 model is kept.", file=sys.stderr)
        return fp32, int8, calibration, False
    return fp32, better, how, True


def _both(order: Order, data: Data, network: nn.Module, folder: Path) -> tuple[Judged, Judged, str]:
    raw, float_file = folder / "pixels.onnx", folder / "fp32.onnx"
    export_float(network, order.size, raw)
    onnx.save(take_bytes(onnx.load(raw), order.size), float_file)
    fp32 = _judge(float_file, data, "FP32")
    step = max(1, len(data.train.labels) // CALIBRATING)
    best, how = quantize_best(raw, data.train.pixels[::step][:CALIBRATING], data.val.pixels, fp32.val, folder)
    return fp32, _judge(best, data, "INT8"), how.name


def _judge(file: Path, data: Data, title: str) -> Judged:
    return Judged(
        file,
        probabilities(file, data.val.pixels, f"{title}, validation"),
        probabilities(file, data.test.pixels, f"{title}, test"),
    )


def measure(order: Order, data: Data, fp32: Judged, int8: Judged) -> tuple[Facts, Story]:
    good = np.array([label in order.good for label in data.labels])
    thresholds = choose_thresholds(int8.val, data.val.labels, good, order.most_unsure)
    slow, fast = inference_ms([fp32.file, int8.file], data.test.pixels[:64])
    facts = Facts(
        name=order.name,
        version=order.version,
        description=order.description,
        labels=data.labels,
        good=order.good,
        size=order.size,
        resize=order.resize,
        thresholds=thresholds,
        fp32=figures(fp32.file, fp32.test, data.test.labels, slow),
        int8=figures(int8.file, int8.test, data.test.labels, fast),
    )
    story = Story(
        split=order.rows,
        group=order.group,
        init=order.init.name if order.init else None,
        epochs=[],
        seed=order.plan.seed,
        calibration="",
        quantization_aware=False,
        most_unsure=order.most_unsure,
        verdicts=judge(int8.test, data.test.labels, good, thresholds),
        mistakes=int((int8.test.argmax(1) != data.test.labels).sum()),
    )
    return facts, story


def write(order: Order, data: Data, facts: Facts, story: Story, int8: Judged) -> Facts:
    """Writes the package beside its place and moves it there when it is whole."""
    order.out.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{order.out.name}-", dir=order.out.parent))
    try:
        made.chmod(0o755)
        shutil.copyfile(int8.file, made / MODEL)
        write_golden(made, order.rows.test, order.images, order.golden, order.plan.seed)
        accuracy = write_golden_outputs(made, data.labels, order.size, order.resize)
        write_pictures(made / "report", data, facts, story, int8.test)
        write_report(made, facts, story)
        write_card(made, facts, story)
        write_manifest(made, facts, accuracy)
        if order.out.exists():
            shutil.rmtree(order.out)
        made.rename(order.out)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return facts


def write_pictures(folder: Path, data: Data, facts: Facts, story: Story, given: np.ndarray) -> None:
    folder.mkdir()
    good = np.array([label in facts.good for label in data.labels])
    plots.curves(story.epochs, folder / "curves.png")
    plots.confusions(facts.fp32, facts.int8, data.labels, folder / "confusion.png")
    plots.confidence(given[:, good].sum(1), good[data.test.labels], facts.thresholds, folder / "confidence.png")
    plots.reliability(given, data.test.labels, folder / "reliability.png")
    plots.mistakes(data.test.pixels, given, data.test.labels, data.labels, folder / "mistakes.png")
