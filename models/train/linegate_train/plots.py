"""The pictures of the report."""

from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402

from .evaluate import Figures  # noqa: E402
from .fit import Epoch  # noqa: E402
from .images import Pixels  # noqa: E402
from .thresholds import Thresholds  # noqa: E402

GOOD, BAD, GREY = "#2f6f4f", "#b3372f", "#767676"
MOST_MISTAKES = 24
BINS = np.linspace(0, 1, 11)


def _save(figure: plt.Figure, file: Path) -> None:
    figure.tight_layout()
    # Without the version of matplotlib in it, the same run makes the same file.
    figure.savefig(file, dpi=90, metadata={"Software": None})
    plt.close(figure)


def curves(epochs: list[Epoch], file: Path) -> None:
    """Loss and accuracy over the epochs; a dotted line where the images grow."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.6))
    numbers = [e.number for e in epochs]
    left.plot(numbers, [e.train_loss for e in epochs], color=GREY, label="training (varied, smoothed labels)")
    left.plot(numbers, [e.val_loss for e in epochs], color=GOOD, label="validation")
    right.plot(numbers, [e.train_accuracy for e in epochs], color=GREY, label="training (varied images)")
    right.plot(numbers, [e.val_balanced_accuracy for e in epochs], color=GOOD, label="validation, balanced")
    for axis, title in ((left, "loss"), (right, "accuracy")):
        for before, after in zip(epochs, epochs[1:], strict=False):
            if before.width != after.width:
                axis.axvline(after.number - 0.5, color=GREY, linestyle=":")
        axis.set(xlabel="epoch", title=title)
        axis.grid(alpha=0.25)
        axis.legend(frameon=False)
    _save(figure, file)


def confusions(fp32: Figures, int8: Figures, labels: list[str], file: Path) -> None:
    """Both confusion matrices side by side, counts in the cells, shares of the row as shade."""
    side = 2.2 + 0.55 * len(labels)
    figure, axes = plt.subplots(1, 2, figsize=(2 * side, side))
    for axis, figures, title in zip(axes, (fp32, int8), ("FP32", "INT8"), strict=True):
        counts = np.array(figures.confusion)
        axis.imshow(counts / np.maximum(1, counts.sum(1, keepdims=True)), cmap="Greens", vmin=0, vmax=1)
        for (row, column), count in np.ndenumerate(counts):
            dark = count > 0.6 * counts[row].sum()
            colour = "white" if dark else (BAD if row != column and count else "black")
            axis.text(column, row, str(count), ha="center", va="center", color=colour)
        axis.set_xticks(range(len(labels)), labels, rotation=40, ha="right")
        axis.set_yticks(range(len(labels)), labels)
        axis.set(title=f"{title}: {figures.accuracy:.2%}", xlabel="model", ylabel="truth")
    _save(figure, file)


def confidence(good_share: np.ndarray, is_good: np.ndarray, at: Thresholds, file: Path) -> None:
    """How sure the model is: P(good) of good and of bad test images, and where the thresholds stand."""
    figure, axis = plt.subplots(figsize=(7, 3.4))
    bins = np.linspace(0, 1, 41)
    axis.hist([good_share[is_good], good_share[~is_good]], bins, stacked=True, color=[GOOD, BAD], label=["good", "bad"])
    axis.axvspan(1 - at.nok, at.ok, color=GREY, alpha=0.2, label="unsure", zorder=0)
    axis.set_yscale("log")
    axis.set(xlabel="probability of all good labels together", ylabel="test images", title="Confidence")
    axis.legend(frameon=False, loc="upper center")
    _save(figure, file)


def reliability(given: np.ndarray, truth: np.ndarray, file: Path) -> None:
    """Is 90 % sure right nine times in ten? Bins without images are left out."""
    figure, axis = plt.subplots(figsize=(4.2, 4))
    sure, right = given.max(1), given.argmax(1) == truth
    which = np.clip(np.digitize(sure, BINS) - 1, 0, len(BINS) - 2)
    filled = [b for b in range(len(BINS) - 1) if (which == b).any()]
    axis.plot([0, 1], [0, 1], color=GREY, linestyle=":")
    axis.plot([sure[which == b].mean() for b in filled], [right[which == b].mean() for b in filled], "o-", color=GOOD)
    for b in filled:
        axis.annotate(int((which == b).sum()), (sure[which == b].mean(), right[which == b].mean()), (4, -10), textcoords="offset points", fontsize=7)
    axis.set(xlim=(0, 1.02), ylim=(0, 1.02), xlabel="confidence", ylabel="share right", title="Reliability")
    axis.grid(alpha=0.25)
    _save(figure, file)


def mistakes(pixels: Pixels, given: np.ndarray, truth: np.ndarray, labels: list[str], file: Path) -> int:
    """The test images that the INT8 model gets wrong, most confident first; returns how many there are in all."""
    wrong = np.flatnonzero(given.argmax(1) != truth)
    wrong = wrong[np.argsort(-given[wrong].max(1), kind="stable")]
    shown = wrong[:MOST_MISTAKES]
    rows = max(1, -(-len(shown) // 6))
    aspect = pixels.shape[1] / pixels.shape[2]
    figure, axes = plt.subplots(rows, 6, figsize=(11, rows * (1.8 * aspect + 0.45)), squeeze=False)
    for axis in axes.flat:
        axis.axis("off")
    for axis, index in zip(axes.flat, shown, strict=False):
        axis.imshow(pixels[index])
        guess = given[index].argmax()
        axis.set_title(f"{labels[truth[index]]} → {labels[guess]} {given[index, guess]:.0%}", fontsize=7)
    if not len(shown):
        axes[0, 0].text(0, 0.5, "No mistakes on the test images.")
    _save(figure, file)
    return len(wrong)
