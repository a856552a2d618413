"""Static INT8 quantization, calibrated on real training images; what changes the answers least is taken."""

import contextlib
import io
import logging
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnx
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static

from .evaluate import probabilities
from .export import PIXELS, take_bytes
from .images import Pixels
from .network import SCALE, ZERO_POINT

OPERATORS = ["Conv", "Add", "GlobalAveragePool", "Gemm", "Clip"]
"""Everything but the softmax: its probabilities stay float."""


@dataclass(frozen=True)
class Calibration:
    """
    How the ranges of activations are found, and how many of the eight bits weights use.

    With seven, x86 processors without VNNI never overflow where they add two products in 16 bits, and compute the same.
    """

    name: str
    method: CalibrationMethod
    bits: int = 8

    def __str__(self) -> str:
        return f"{self.name} calibration, {self.bits}-bit weights"


CALIBRATIONS = [Calibration("minmax", CalibrationMethod.MinMax), Calibration("entropy", CalibrationMethod.Entropy)]
"""Percentiles took five times as long and were never better: the activations are clipped to 0…6 as it is."""
NEAR = 0.01
"""Mean difference of the probabilities to the float model's that seven bits may cost."""


class _Images(CalibrationDataReader):
    """Handed out one at a time: what lies between the layers of one image is some 50 MB, and the calibrator keeps a round's."""

    def __init__(self, pixels: Pixels) -> None:
        self.pixels = pixels
        self.left = iter(pixels)

    def __len__(self) -> int:
        return len(self.pixels)

    def set_range(self, start_index: int, end_index: int) -> None:
        self.left = iter(self.pixels[start_index:end_index])

    def get_next(self) -> dict[str, np.ndarray] | None:
        image = next(self.left, None)
        if image is None:
            return None
        planes = (image.astype(np.float32) - ZERO_POINT) * np.float32(SCALE)
        return {PIXELS: np.ascontiguousarray(planes.transpose(2, 0, 1)[None])}


@contextlib.contextmanager
def _quiet():
    """ONNX Runtime's calibration prints what it does, and warns of a preparation that the export has done already."""
    logging.disable(logging.WARNING)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            yield
    finally:
        logging.disable(logging.NOTSET)


def quantize(float_model: Path, calibrating: Pixels, how: Calibration, file: Path) -> None:
    """Writes the INT8 model with the uint8 NHWC input. QDQ form, weights per channel, activations uint8."""
    input_as_it_is = {"scale": np.array(SCALE, np.float32), "zero_point": np.array(ZERO_POINT, np.uint8)}
    with _quiet():
        quantize_static(
            float_model,
            file,
            _Images(calibrating),
            quant_format=QuantFormat.QDQ,
            op_types_to_quantize=OPERATORS,
            per_channel=True,
            reduce_range=how.bits == 7,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            calibrate_method=how.method,
            extra_options={
                "TensorQuantOverrides": {PIXELS: [input_as_it_is]},
                # The name is narrower than what it does: images a round, for every method.
                "CalibStridedMinMax": 1,
            },
        )
    height, width = calibrating.shape[1:3]
    onnx.save(take_bytes(onnx.load(file), (width, height)), file)


def quantize_best(
    float_model: Path, calibrating: Pixels, asked: Pixels, wanted: np.ndarray, folder: Path
) -> tuple[Path, Calibration]:
    """
    The model whose probabilities on `asked` differ least from `wanted`, those of the float model; in seven bits when these
    are `NEAR` it too.
    """

    def attempt(how: Calibration) -> tuple[float, Path, Calibration]:
        file = folder / f"int8-{how.name}-{how.bits}.onnx"
        quantize(float_model, calibrating, how, file)
        given = probabilities(file, asked, f"INT8, {how}")
        return float(np.abs(given - wanted).mean()), file, how

    best = min((attempt(how) for how in CALIBRATIONS), key=lambda tried: tried[0])
    portable = attempt(replace(best[2], bits=7))
    _, file, how = portable if portable[0] <= NEAR else best
    return file, how
