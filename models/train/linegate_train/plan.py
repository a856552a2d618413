"""How to train."""

from dataclasses import dataclass, field

from .augment import Variation
from .images import Size


@dataclass(frozen=True)
class Plan:
    """
    How to train. `first` is a number of epochs on smaller images (`first_size`) before `epochs` on whole ones;
    `paste` the share of images with known defects that become good ones with a defect pasted in; `patches` a number of
    pieces around known defects that are learned from before everything else.
    """

    epochs: int
    learning_rate: float
    first: int = 0
    first_size: Size = (128, 128)
    batch: int = 32
    weight_decay: float = 0.02
    smoothing: float = 0.05
    averaging: float = 0.99
    paste: float = 0.0
    patches: int = 0
    seed: int = 1
    variation: Variation = field(default_factory=Variation)
