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
    chance = torch.Generator().manual_seed(plan.seed)
    network = network.to(memory_format=torch.channels_last)
    if plan.patches > 0:
        begin = data.train.at(plan.first_size) if plan.first else data.train
        learn_patches(network, begin, len(data.names), plan)
    average = AveragedModel(network, avg_fn=_average(plan.averaging), use_buffers=True)
    # After the average's copy: the lesson's hooks belong to what is trained.
    locator = Locator(network, len(data.names)) if plan.patches > 0 else None
    learners = groups(network, plan.weight_decay) + ([{"params": list(locator.parameters())}] if locator else [])
    optimizer = torch.optim.AdamW(learners, lr=plan.learning_rate)
    steps = (plan.first + plan.epochs) * math.ceil(len(data.train.labels) / plan.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate(step, steps))
    curves: list[Epoch] = []
    best: tuple[tuple[float, float], nn.Module] | None = None
    with tqdm(total=steps * plan.batch, desc=title, unit="image", smoothing=0.1) as bar:
        for number in range(1, plan.first + plan.epochs + 1):
            if number == 1 or number == plan.first + 1:
                size = plan.first_size if number <= plan.first else data.train.size
                train, val = data.train.at(size), data.val.at(size)
            loss, accuracy = _one_epoch(network, average, train, data.good, plan, chance, optimizer, schedule, bar, locator)
            epoch = _measure(average.module, val, number, loss, accuracy)
            curves.append(epoch)
            bar.set_postfix_str(f"epoch {number}, val {epoch.val_balanced_accuracy:.4f}")
            rank = (epoch.val_balanced_accuracy, -epoch.val_loss)
            # An epoch on small images never stands against one on whole ones.
            if best is None or rank >= best[0] or number == plan.first + 1:
                best = (rank, copy.deepcopy(average.module))
    if locator is not None:
        locator.close()
    assert best is not None
    return best[1].eval(), curves


def _average(most: float):
    """A running average that is quick at first, so that untrained weights are soon forgotten."""

    def step(kept: torch.Tensor, now: torch.Tensor, count: torch.Tensor) -> torch.Tensor:
        return kept + (now - kept) * (1 - min(most, (1 + int(count)) / (10 + int(count))))

    return step


def _one_epoch(network, average, train: Labelled, good_labels, plan: Plan, chance, optimizer, schedule, bar, locator) -> tuple[float, float]:
    network.train()
    losses, hits = 0.0, 0
    order = _balanced_order(train.labels, chance)
    good = np.flatnonzero(good_labels[train.labels])
    dice = np.random.default_rng(int(torch.randint(2**31, (1,), generator=chance)))
    for start in range(0, len(order), plan.batch):
        chosen = order[start : start + plan.batch]
        pixels = paste_some(train, good, chosen, 0 if locator else plan.paste, dice)
        masks = masks_of([train.boxes[index] for index in chosen], train.size)
        images, masks = vary_together(normalised(pixels), masks, plan.variation, chance)
        labels = torch.from_numpy(train.labels[chosen])
        logits = network(images.contiguous(memory_format=torch.channels_last))
        loss = F.cross_entropy(logits, labels, label_smoothing=plan.smoothing)
        if locator is not None:
            loss = loss + LESSON_SHARE * locator.loss(masks, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        average.update_parameters(network)
        losses += loss.item() * len(chosen)
        hits += int((logits.argmax(1) == labels).sum())
        bar.update(len(chosen))
    return losses / len(order), hits / len(order)


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
