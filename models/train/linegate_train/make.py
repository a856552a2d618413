"""The way from images to a package, step by step."""

import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from torch import nn

from . import plots
from .card import Story, write_card, write_report
from .errors import PersonError
from .evaluate import figures, inference_ms
from .fit import Epoch, fit
from .int8 import Quantized, to_int8
from .network import build, fold_batch_norm, load_trunk
from .order import Order
from .part import Data, load
from .pack import MODEL, Facts, need_free, write_golden, write_golden_outputs, write_manifest
from .thresholds import choose_thresholds, judge


def make(order: Order) -> Facts:
    """Makes the package `order.out` and returns what its manifest says. Raises PersonError."""
    need_free(order.out)
    data = read_data(order)
    network, epochs = train(order, data)
    with tempfile.TemporaryDirectory(prefix="linegate-train-") as folder:
        quantized = to_int8(network, data, order.tune, Path(folder))
        facts = measure(order, data, quantized)
        write(order, data, facts, tell(order, data, quantized, epochs, facts), quantized)
    return facts


def read_data(order: Order) -> Data:
    names = sorted({row.label for row in order.rows.train}, key=lambda name: (name not in order.good, name))
    good = np.array([name in order.good for name in names])
    if good.all() or not good.any():
        missing = "defect: all are named by --ok" if good.all() else "good label: name it with --ok"
        raise PersonError(f"The labels {', '.join(names)} hold no {missing}.")
    parts = (order.rows.train, order.rows.val, order.rows.test)
    titles = ("Training images", "Validation images", "Test images")
    return Data(names, good, *(load(rows, names, order.source, title) for rows, title in zip(parts, titles, strict=True)))


def train(order: Order, data: Data) -> tuple[nn.Module, list[Epoch]]:
    """The trained network with its batch norm folded."""
    torch.manual_seed(order.plan.seed)
    network = build(len(data.names))
    if order.init is not None:
        load_trunk(network, order.init)
        network = fold_batch_norm(network)
    network, epochs = fit(network, data, order.plan, "Training")
    return fold_batch_norm(network), epochs


def measure(order: Order, data: Data, quantized: Quantized) -> Facts:
    """Thresholds from the validation images, figures from the test images."""
    fp32, int8 = quantized.fp32, quantized.int8
    slow, fast = inference_ms([fp32.file, int8.file], data.test.pixels[:64])
    return Facts(
        name=order.name,
        version=order.version,
        description=order.description,
        labels=data.names,
        good=order.good,
        words=order.words,
        size=order.source.size,
        resize=order.source.resize,
        thresholds=choose_thresholds(int8.val, data.val.labels, data.good, order.most_unsure),
        fp32=figures(fp32.file, fp32.test, data.test.labels, slow),
        int8=figures(int8.file, int8.test, data.test.labels, fast),
    )


def tell(order: Order, data: Data, quantized: Quantized, epochs: list[Epoch], facts: Facts) -> Story:
    given, truth = quantized.int8.test, data.test.labels
    return Story(
        split=order.rows,
        group=order.group,
        init=order.init.name if order.init else None,
        epochs=epochs,
        seed=order.plan.seed,
        calibration=quantized.calibration,
        quantization_aware=quantized.tuned,
        most_unsure=order.most_unsure,
        verdicts=judge(given, truth, data.good, facts.thresholds),
        mistakes=int((given.argmax(1) != truth).sum()),
    )


def write(order: Order, data: Data, facts: Facts, story: Story, quantized: Quantized) -> None:
    """Writes the package beside its place and moves it there when it is whole."""
    order.out.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{order.out.name}-", dir=order.out.parent))
    try:
        made.chmod(0o755)
        shutil.copyfile(quantized.int8.file, made / MODEL)
        write_golden(made, order.rows.test, order.source.folder, order.golden, order.plan.seed)
        accuracy = write_golden_outputs(made, data.names, order.source.size, order.source.resize)
        write_pictures(made / "report", data, facts, story, quantized.int8.test)
        write_report(made, facts, story)
        write_card(made, facts, story)
        write_manifest(made, facts, accuracy)
        if order.out.exists():
            shutil.rmtree(order.out)
        made.rename(order.out)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def write_pictures(folder: Path, data: Data, facts: Facts, story: Story, given: np.ndarray) -> None:
    folder.mkdir()
    plots.curves(story.epochs, folder / "curves.png")
    plots.confusions(facts.fp32, facts.int8, data.names, folder / "confusion.png")
    plots.confidence(given[:, data.good].sum(1), data.good[data.test.labels], facts.thresholds, folder / "confidence.png")
    plots.reliability(given, data.test.labels, folder / "reliability.png")
    plots.mistakes(data.test.pixels, given, data.test.labels, data.names, folder / "mistakes.png")
