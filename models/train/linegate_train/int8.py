"""From the trained network to its INT8 form, with fine-tuning when that loses too much."""

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from torch import nn

from .evaluate import probabilities
from .export import export_float, take_bytes
from .fake_quant import plain, rounded
from .fit import fit
from .images import Size
from .part import Data, Labelled
from .plan import Plan
from .quantize import Calibration, quantize_best

POINT = 0.01
"""INT8 may lose this much accuracy against FP32 before it is fine-tuned."""
CALIBRATING = 128
"""Training images for calibration."""


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


@dataclass(frozen=True)
class Quantized:
    """Both forms of a model, how INT8 was calibrated, and whether it needed quantization-aware fine-tuning."""

    fp32: Judged
    int8: Judged
    calibration: Calibration
    tuned: bool


def to_int8(network: nn.Module, data: Data, tune: Plan, folder: Path) -> Quantized:
    """Files are written into `folder`. `network` is folded; `tune` is how to fine-tune it when INT8 loses more than a point."""
    size = data.train.size
    first = _both(network, data, size, folder)
    lost = first.int8.loses_to(data, first.fp32)
    if lost <= POINT:
        return first
    print(f"INT8 loses {lost * 100:.1f} points: fine-tuning with rounding.", file=sys.stderr)
    again = folder / "tuned"
    again.mkdir()
    learned, _ = fit(rounded(network), data, tune, "Fine-tuning")
    second = _both(plain(learned), data, size, again)
    if second.int8.loses_to(data, first.fp32) >= lost:
        print("Fine-tuning did not help; the first INT8 model is kept.", file=sys.stderr)
        return first
    return Quantized(first.fp32, second.int8, second.calibration, tuned=True)


def _both(network: nn.Module, data: Data, size: Size, folder: Path) -> Quantized:
    raw, float_file = folder / "pixels.onnx", folder / "fp32.onnx"
    export_float(network, size, raw)
    onnx.save(take_bytes(onnx.load(raw), size), float_file)
    fp32 = _judge(float_file, data, "FP32")
    step = max(1, len(data.train.labels) // CALIBRATING)
    best, how = quantize_best(raw, data.train.pixels[::step][:CALIBRATING], data.val.pixels, fp32.val, folder)
    return Quantized(fp32, _judge(best, data, "INT8"), how, tuned=False)


def _judge(file: Path, data: Data, title: str) -> Judged:
    return Judged(
        file,
        probabilities(file, data.val.pixels, f"{title}, validation"),
        probabilities(file, data.test.pixels, f"{title}, test"),
    )
