"""Training: epochs with a progress bar, the best one by balanced accuracy on the validation images."""

import copy
import math
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.optim.swa_utils import AveragedModel
from tqdm import tqdm

from .augment import vary_together
from .evaluate import balanced_accuracy, confusion_matrix
from .locate import LESSON_SHARE, Locator, masks_of
from .network import normalised
from .optimize import groups, rate
from .part import Data, Labelled
from .paste import paste_some
from .patches import learn_patches
from .plan import Plan


@dataclass(frozen=True)
class Epoch:
    """One line of the curves."""

    number: int
    width: int
    train_loss: float
    train_accuracy: float
    val_loss: float
    val_accuracy: float
    val_balanced_accuracy: float


def fit(network: nn.Module, data: Data, plan: Plan, title: str) -> tuple[nn.Module, list[Epoch]]:
    """
    Trains and returns the best epoch's network (the running average of its weights) and the curves.

    Every label is drawn equally often, whatever its share of the images.
    """
    torch.manual_seed(plan.seed)
    network = network.to(memory_format=torch.channels_last)
    if plan.patches > 0:
        learn_patches(network, data.train.at(plan.first_size) if plan.first else data.train, len(data.names), plan)
    teacher = _Teacher(network, data, plan)
    curves: list[Epoch] = []
    best: tuple[tuple[float, float], nn.Module] | None = None
    with tqdm(total=teacher.steps * plan.batch, desc=title, unit="image", smoothing=0.1) as bar:
        for number in range(1, plan.first + plan.epochs + 1):
            if number in (1, plan.first + 1):
                size = plan.first_size if number <= plan.first else data.train.size
                train, val = data.train.at(size), data.val.at(size)
            loss, accuracy = teacher.epoch(train, bar)
            epoch = _measure(teacher.average.module, val, number, loss, accuracy)
            curves.append(epoch)
            bar.set_postfix_str(f"epoch {number}, val {epoch.val_balanced_accuracy:.4f}")
            rank = (epoch.val_balanced_accuracy, -epoch.val_loss)
            # An epoch on small images never stands against one on whole ones.
            if best is None or rank >= best[0] or number == plan.first + 1:
                best = (rank, copy.deepcopy(teacher.average.module))
    teacher.close()
    assert best is not None
    return best[1].eval(), curves


class _Teacher:
    """One training: the network, the running average of its weights, and what moves them."""

    def __init__(self, network: nn.Module, data: Data, plan: Plan) -> None:
        self.network, self.plan = network, plan
        self.average = AveragedModel(network, avg_fn=_average(plan.averaging), use_buffers=True)
        # After the average's copy: the lesson's hooks belong to what is trained.
        self.locator = Locator(network, len(data.names)) if any(data.train.boxes) else None
        learners = groups(network, plan.weight_decay)
        if self.locator is not None:
            learners.append({"params": list(self.locator.parameters())})
        self.optimizer = torch.optim.AdamW(learners, lr=plan.learning_rate)
        self.steps = (plan.first + plan.epochs) * math.ceil(len(data.train.labels) / plan.batch)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimizer, lambda step: rate(step, self.steps))
        self.is_good = data.good[data.train.labels]
        self.good = np.flatnonzero(self.is_good)
        self.chance = torch.Generator().manual_seed(plan.seed)
        self.dice = np.random.default_rng(plan.seed)

    def epoch(self, train: Labelled, bar: tqdm) -> tuple[float, float]:
        """Loss and accuracy on the varied images."""
        self.network.train()
        order = _balanced_order(train.labels, self.chance)
        losses, hits = 0.0, 0
        for start in range(0, len(order), self.plan.batch):
            chosen = order[start : start + self.plan.batch]
            loss, right = self._step(train, chosen)
            losses, hits = losses + loss * len(chosen), hits + right
            bar.update(len(chosen))
        return losses / len(order), hits / len(order)

    def _step(self, train: Labelled, chosen: np.ndarray) -> tuple[float, int]:
        images, masks, known = self._pictures(train, chosen)
        labels = torch.from_numpy(train.labels[chosen])
        logits = self.network(images.contiguous(memory_format=torch.channels_last))
        loss = F.cross_entropy(logits, labels, label_smoothing=self.plan.smoothing)
        if self.locator is not None:
            loss = loss + LESSON_SHARE * self.locator.loss(masks, labels, known)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        self.schedule.step()
        self.average.update_parameters(self.network)
        return loss.item(), int((logits.argmax(1) == labels).sum())

    def _pictures(self, train: Labelled, chosen: np.ndarray) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Varied pictures, where their defects are, and whether that is known."""
        pixels, boxes = paste_some(train, self.good, chosen, self.plan.paste, self.dice)
        known = torch.from_numpy(self.is_good[chosen] | np.array([len(mine) > 0 for mine in boxes]))
        images, masks = vary_together(normalised(pixels), masks_of(boxes, train.size), self.plan.variation, self.chance)
        return images, masks, known

    def close(self) -> None:
        if self.locator is not None:
            self.locator.close()


def _average(most: float):
    """A running average that is quick at first, so that untrained weights are soon forgotten."""

    def step(kept: torch.Tensor, now: torch.Tensor, count: torch.Tensor) -> torch.Tensor:
        return kept + (now - kept) * (1 - min(most, (1 + int(count)) / (10 + int(count))))

    return step


def _balanced_order(labels: np.ndarray, chance: torch.Generator) -> np.ndarray:
    """As many indices as there are images, every label equally often; an image comes again only when its label is rare."""
    kinds = np.unique(labels)
    each = math.ceil(len(labels) / len(kinds))
    drawn = []
    for kind in kinds:
        mine = np.flatnonzero(labels == kind)
        rounds = [mine[torch.randperm(len(mine), generator=chance).numpy()] for _ in range(math.ceil(each / len(mine)))]
        drawn.append(np.concatenate(rounds)[:each])
    order = np.concatenate(drawn)
    return order[torch.randperm(len(order), generator=chance).numpy()][: len(labels)]


@torch.inference_mode()
def _measure(network: nn.Module, val: Labelled, number: int, train_loss: float, train_accuracy: float) -> Epoch:
    network.eval()
    batches = [network(normalised(val.pixels[i : i + 64])) for i in range(0, len(val.labels), 64)]
    logits = torch.cat(batches)
    predicted = logits.argmax(1).numpy()
    confusion = confusion_matrix(val.labels, predicted, logits.shape[1])
    return Epoch(
        number=number,
        width=val.pixels.shape[2],
        train_loss=train_loss,
        train_accuracy=train_accuracy,
        val_loss=F.cross_entropy(logits, torch.from_numpy(val.labels)).item(),
        val_accuracy=float((predicted == val.labels).mean()),
        val_balanced_accuracy=balanced_accuracy(confusion),
    )
