"""Where the defect is: a second, dense lesson that finds small defects in a tenth of the time."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .images import Size
from .part import Box

LESSON_SHARE = 1.0
"""Weight of this lesson beside the label's."""


def masks_of(boxes: list[tuple[Box, ...]], size: Size) -> Tensor:
    """[n, 1, height, width], 1 inside a defect's box."""
    width, height = size
    masks = np.zeros((len(boxes), 1, height, width), np.float32)
    for mask, mine in zip(masks, boxes, strict=True):
        for box in mine:
            left, top = int(box.x0 * width), int(box.y0 * height)
            mask[0, top : max(top + 1, round(box.y1 * height)), left : max(left + 1, round(box.x1 * width))] = 1
    return torch.from_numpy(masks)


class Locator(nn.Module):
    """Tells for each cell of two feature maps which label's defect lies there, or none (the last index). For training only."""

    def __init__(self, network: nn.Module, labels: int):
        super().__init__()
        self.nothing = labels
        self.maps: list[Tensor] = []
        blocks = (network.blocks[2], network.blocks[4])
        self.hooks = [block.register_forward_hook(lambda _module, _given, made: self.maps.append(made)) for block in blocks]
        channels = [block[-1].conv_pwl.out_channels for block in blocks]
        self.heads = nn.ModuleList(nn.Conv2d(count, labels + 1, 1) for count in channels)

    def loss(self, masks: Tensor, labels: Tensor, known: Tensor) -> Tensor:
        """
        Of the images that went through the network last: `masks` [n, 1, height, width] as they were moved, `labels` [n],
        `known` [n] whether it is known where the defects are (or that there are none).
        """
        total = torch.zeros(())
        for head, features in zip(self.heads, self.maps, strict=True):
            cells = F.adaptive_max_pool2d(masks, features.shape[2:])[:, 0] > 0.5
            target = torch.where(cells, labels[:, None, None], self.nothing)
            each = F.cross_entropy(head(features), target, reduction="none")
            # The few cells that matter weigh as much as all the others.
            counted = known[:, None, None]
            here, elsewhere = (cells & counted).float(), (~cells & counted).float()
            for where in (here, elsewhere):
                total = total + (each * where).sum() / where.sum().clamp(min=1)
        self.maps.clear()
        return total / (2 * len(self.heads))

    def close(self) -> None:
        """Leaves the network as it was."""
        for hook in self.hooks:
            hook.remove()
