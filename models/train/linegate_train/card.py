"""The words of a package: its model card and its report."""

from dataclasses import dataclass
from pathlib import Path

from .evaluate import Figures
from .fit import Epoch
from .pack import Facts
from .quantize import Calibration
from .table import Split
from .thresholds import Verdicts


@dataclass(frozen=True)
class Story:
    """How the model came about."""

    split: Split
    group: str | None
    init: str | None
    epochs: list[Epoch]
    seed: int
    calibration: Calibration
    quantization_aware: bool
    most_unsure: float
    verdicts: Verdicts
    mistakes: int


def write_card(package: Path, facts: Facts, story: Story) -> None:
    (package / "MODEL_CARD.md").write_text(_card(facts, story), encoding="utf-8")


def write_report(package: Path, facts: Facts, story: Story) -> None:
    (package / "report" / "report.md").write_text(_report(facts, story), encoding="utf-8")


def _card(facts: Facts, story: Story) -> str:
    defects = [label for label in facts.labels if label not in facts.good]
    start = f"from the weights `{story.init}`" if story.init else "from scratch, without any other weights"
    return f"""# {facts.name} {facts.version}

{facts.description}

| | |
|---|---|
| network | EfficientNet-Lite0 (timm `tf_efficientnet_lite0`), INT8, ONNX |
| input | uint8 NHWC RGB, {facts.size[0]}×{facts.size[1]}; the region of interest as a whole, resized by OpenCV's INTER_{facts.resize.upper()} |
| good labels | {", ".join(sorted(facts.good & set(facts.labels)))} |
| defect labels | {", ".join(defects)} |
| thresholds | `ok` {facts.thresholds.ok:.2f}, `nok` {facts.thresholds.nok:.2f}; below both a part is `unsure` |

## How it was made

Trained {start} on {len(story.split.train)} images; {len(story.split.val)} others chose the epoch and the thresholds, and
{len(story.split.test)} others gave the figures below. {_grouping(story)} Seed {story.seed}.
Quantized statically ({story.calibration}, per channel){", after quantization-aware fine-tuning" if story.quantization_aware else ""}.
{_processors(story)}

## Figures on the test images

{_figures_table(facts.fp32, facts.int8)}

{_verdict_sentence(facts, story)}
The report with curves, confusion matrices, confidence and mistakes: [report/report.md](report/report.md).

## Limits

It knows the labels above and what its training images show, nothing else. Another product, camera, lens, light or belt needs its own
images; so does a defect that is not in the list. Measure on images of the line before it decides about parts, and keep
`unsure` parts for review.
"""


def _report(facts: Facts, story: Story) -> str:
    last = story.epochs[-1]
    return f"""# Report: {facts.name} {facts.version}

{_figures_table(facts.fp32, facts.int8)}

{_verdict_sentence(facts, story)}
Thresholds are those with the fewest escapes and false rejects on the validation images while at most
{story.most_unsure:.1%} of the good and of the bad ones are unsure; among equals the strictest.

## Images

| | {" | ".join(facts.labels)} |
|---|{"---|" * len(facts.labels)}
{_counts(facts, story)}

## Training

{len(story.epochs)} epochs; the last one: training loss {last.train_loss:.3f}, validation balanced accuracy {last.val_balanced_accuracy:.2%}.

![Loss and accuracy](curves.png)

## Confusion

![Confusion matrices of FP32 and INT8](confusion.png)

## Confidence

![Confidence of good and bad images](confidence.png) ![Reliability](reliability.png)

## Mistakes

{story.mistakes} of {facts.int8.images} test images are called something else by the INT8 model.

![Mistakes](mistakes.png)
"""


def _grouping(story: Story) -> str:
    return f"No `{story.group}` is in two of these parts." if story.group else "The parts were drawn at random, label by label."


def _processors(story: Story) -> str:
    if story.calibration.bits == 7:
        return "Weights use seven of eight bits, so x86 processors without VNNI give the same answers."
    return (
        "Weights use all eight bits: on an x86 processor without VNNI sums may overflow and answers differ, which "
        "`linegate model check` shows there."
    )


def _figures_table(fp32: Figures, int8: Figures) -> str:
    return f"""| | FP32 | INT8 | |
|---|---|---|---|
| accuracy | {fp32.accuracy:.2%} | {int8.accuracy:.2%} | {(int8.accuracy - fp32.accuracy) * 100:+.2f} points |
| balanced accuracy | {fp32.balanced_accuracy:.2%} | {int8.balanced_accuracy:.2%} | {(int8.balanced_accuracy - fp32.balanced_accuracy) * 100:+.2f} points |
| size | {fp32.bytes / 1e6:.1f} MB | {int8.bytes / 1e6:.1f} MB | {int8.bytes / fp32.bytes:.0%} |
| one inference, one thread, median | {fp32.inference_ms:.2f} ms | {int8.inference_ms:.2f} ms | {fp32.inference_ms / int8.inference_ms:.1f} × the speed |"""


def _verdict_sentence(facts: Facts, story: Story) -> str:
    v = story.verdicts
    return (
        f"With the thresholds ok {facts.thresholds.ok:.2f} and nok {facts.thresholds.nok:.2f}: {v.escapes:.2%} of the bad images "
        f"pass, {v.false_rejects:.2%} of the good ones are rejected; unsure are {v.unsure_good:.2%} of the good and "
        f"{v.unsure_bad:.2%} of the bad."
    )


def _counts(facts: Facts, story: Story) -> str:
    parts = {"training": story.split.train, "validation": story.split.val, "test": story.split.test}
    return "\n".join(
        f"| {name} | {' | '.join(str(sum(row.label == label for row in rows)) for label in facts.labels)} |"
        for name, rows in parts.items()
    )
