"""
The first lesson: small pieces of pictures around the defects, which fill them.

Trained from nothing on whole pictures, EfficientNet-Lite0 told an empty pocket from a full one and nothing smaller after 60,000 pictures; on
pieces, with a head on every stage, it saw scratches and cracks after 30,000, each of a sixth of the cost.
"""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from tqdm import tqdm

from .augment import vary
from .images import Pixels
from .network import normalised
from .optimize import groups, rate
from .part import Labelled
from .plan import Plan

SIDE = 64
BATCH = 48
LEARNING_RATE = 2.5e-3
HEADS_SHARE = 0.5
"""Weight of each stage's head beside the network's own answer."""
STAGES = (1, 2, 3, 4)


def learn_patches(network: nn.Module, part: Labelled, labels: int, plan: Plan) -> None:
    """Shows the network `plan.patches` pieces, each of the `labels` equally often. Pictures with defects must have boxes."""
    _begin_shallow(network)
    heads = _Heads(network, labels)
    optimizer = torch.optim.AdamW(groups(network, plan.weight_decay) + [{"params": list(heads.parameters())}], lr=LEARNING_RATE)
    steps = plan.patches // BATCH
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 0.15 + 0.85 * rate(step, steps))
    dice = np.random.default_rng(plan.seed)
    chance = torch.Generator().manual_seed(plan.seed)
    by_label = [np.flatnonzero(part.labels == label) for label in range(labels)]
    network.train()
    with tqdm(total=steps * BATCH, desc="Pieces", unit="piece") as bar:
        for _ in range(steps):
            asked = dice.integers(0, labels, BATCH)
            chosen = np.array([dice.choice(by_label[label]) for label in asked])
            pieces = vary(normalised(patches_of(part, chosen, dice)), plan.variation, chance)
            truth = torch.from_numpy(asked)
            logits = network(pieces.contiguous(memory_format=torch.channels_last))
            loss = F.cross_entropy(logits, truth) + HEADS_SHARE * heads.loss(truth)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            bar.update(BATCH)
    heads.close()


def patches_of(part: Labelled, chosen: np.ndarray, chance: np.random.Generator) -> Pixels:
    """Of each picture `chosen`, a square of `SIDE` pixels: around one of its boxes, or near the middle where it has none."""
    width, height = part.size
    pieces = np.empty((len(chosen), SIDE, SIDE, 3), np.uint8)
    for place, index in enumerate(chosen):
        if boxes := part.boxes[index]:
            box = boxes[chance.integers(len(boxes))]
            x, y = (box.x0 + box.x1) / 2 * width, (box.y0 + box.y1) / 2 * height
            x, y = x + chance.normal() * SIDE / 5, y + chance.normal() * SIDE / 5
        else:
            x, y = (0.5 + chance.uniform(-0.2, 0.2)) * width, (0.5 + chance.uniform(-0.34, 0.34)) * height
        left = int(np.clip(x - SIDE / 2, 0, width - SIDE))
        top = int(np.clip(y - SIDE / 2, 0, height - SIDE))
        pieces[place] = part.pixels[index][top : top + SIDE, left : left + SIDE]
    return pieces


def _begin_shallow(network: nn.Module) -> None:
    """Every block with a way around it begins as that way: the deep network learns like a shallow one at first."""
    for module in network.modules():
        if getattr(module, "has_skip", False) and hasattr(module, "bn3"):
            nn.init.zeros_(module.bn3.weight)


class _Heads(nn.Module):
    """A small answer on each stage, so that early layers learn without waiting for late ones. For training only."""

    def __init__(self, network: nn.Module, labels: int):
        super().__init__()
        self.made: list[Tensor] = []
        blocks = [network.blocks[stage] for stage in STAGES]
        self.hooks = [block.register_forward_hook(lambda _module, _given, made: self.made.append(made)) for block in blocks]
        self.answers = nn.ModuleList(nn.Linear(2 * block[-1].conv_pwl.out_channels, labels) for block in blocks)

    def loss(self, truth: Tensor) -> Tensor:
        """Of the pictures that went through the network last."""
        pooled = [torch.cat([made.mean((2, 3)), made.amax((2, 3))], 1) for made in self.made]
        self.made.clear()
        return sum(F.cross_entropy(answer(made), truth) for answer, made in zip(self.answers, pooled, strict=True))

    def close(self) -> None:
        for hook in self.hooks:
            hook.remove()
