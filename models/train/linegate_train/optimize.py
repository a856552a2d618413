"""What every lesson's optimizer has in common."""

import math

from torch import nn

WARM_UP_SHARE = 0.05


def groups(network: nn.Module, decay: float) -> list[dict]:
    """The network's parameters for an optimizer; biases and norms do not decay."""
    parameters = [p for p in network.parameters() if p.requires_grad]
    return [
        {"params": [p for p in parameters if p.ndim > 1], "weight_decay": decay},
        {"params": [p for p in parameters if p.ndim <= 1], "weight_decay": 0.0},
    ]


def rate(step: int, steps: int) -> float:
    """Share of the learning rate: a short linear warm-up, then a cosine to zero."""
    warm = max(1, round(WARM_UP_SHARE * steps))
    return (step + 1) / warm if step < warm else 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, steps - warm)))
