"""Figures of a model file: probabilities, confusion, accuracy, speed."""

import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from tqdm import tqdm

from .images import Pixels

WARM_UP_RUNS = 20


@dataclass(frozen=True)
class Figures:
    """`figures.fp32` and `figures.int8` of the manifest."""

    images: int
    accuracy: float
    balanced_accuracy: float
    confusion: list[list[int]]
    bytes: int
    inference_ms: float


def session(file: Path, threads: int = 1) -> onnxruntime.InferenceSession:
    """The CPU provider, as the vision process opens it."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])


def probabilities(file: Path, pixels: Pixels, title: str) -> np.ndarray:
    """[images, labels] as the model file gives them, one image at a time as on the line."""
    opened = session(file)
    name = opened.get_inputs()[0].name
    return np.concatenate([opened.run(None, {name: p[None]})[0] for p in tqdm(pixels, desc=title, unit="image")])


def confusion_matrix(truth: np.ndarray, predicted: np.ndarray, labels: int) -> np.ndarray:
    """Rows: truth; columns: prediction."""
    matrix = np.zeros((labels, labels), int)
    np.add.at(matrix, (truth, predicted), 1)
    return matrix


def balanced_accuracy(confusion: np.ndarray) -> float:
    """The mean over the labels that occur of the share that was recognised."""
    seen = confusion.sum(1) > 0
    return float((np.diag(confusion)[seen] / confusion.sum(1)[seen]).mean())


def inference_ms(files: list[Path], pixels: Pixels, runs: int = 200) -> list[float]:
    """Median of one inference on one thread for each file; the files take turns, so that noise meets all alike."""
    opened = [session(file) for file in files]
    names = [one.get_inputs()[0].name for one in opened]
    spent = np.zeros((runs + WARM_UP_RUNS, len(files)))
    for run in range(len(spent)):
        image = pixels[run % len(pixels)][None]
        for column, (one, name) in enumerate(zip(opened, names, strict=True)):
            start = time.perf_counter()
            one.run(None, {name: image})
            spent[run, column] = (time.perf_counter() - start) * 1000
    return [float(median) for median in np.median(spent[WARM_UP_RUNS:], axis=0)]


def figures(file: Path, given: np.ndarray, truth: np.ndarray, milliseconds: float) -> Figures:
    """`given`: probabilities of the images whose label indices are `truth`."""
    confusion = confusion_matrix(truth, given.argmax(1), given.shape[1])
    return Figures(
        images=len(truth),
        accuracy=float(np.diag(confusion).sum() / len(truth)),
        balanced_accuracy=balanced_accuracy(confusion),
        confusion=confusion.tolist(),
        bytes=file.stat().st_size,
        inference_ms=milliseconds,
    )
