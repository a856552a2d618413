"""EfficientNet-Lite0 from timm: building it, loading weights, folding its batch norm."""

import sys
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from .errors import PersonError

SCALE = 2 / 255
ZERO_POINT = 128
"""Normalisation, as the first quantized tensor carries it: (byte - 128) · 2/255, which is (x/255 - 0.5)/0.5 to half a level."""

_kept: list[torch.library.Library] = []
"""torch forgets an operator when the library object that defined it is collected."""


def _import_timm():
    """timm imports torchvision, whose C++ operators may not match the installed torch; we need none of them."""
    try:
        import torchvision  # noqa: F401
    except RuntimeError:
        for name in [name for name in sys.modules if name.split(".")[0] == "torchvision"]:
            del sys.modules[name]
        library = torch.library.Library("torchvision", "FRAGMENT")
        for name in ("nms", "qnms"):
            library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        _kept.append(library)
    import timm

    return timm


def build(labels: int, dropout: float = 0.1) -> nn.Module:
    """An untrained network: [n, 3, height, width] normalised pixels → [n, labels] logits."""
    network = _import_timm().create_model("tf_efficientnet_lite0", num_classes=labels, drop_rate=dropout)
    # timm's start is made for a thousand labels: with six, the first answers are loudly wrong, and it takes hundreds of steps to unlearn them.
    nn.init.zeros_(network.classifier.weight)
    nn.init.zeros_(network.classifier.bias)
    return network


def load_trunk(network: nn.Module, file: Path) -> None:
    """Loads pretrained weights; a classifier in them is left out. Raises PersonError when they are for another network."""
    try:
        state = torch.load(file, map_location="cpu", weights_only=True)
        state = {name: value for name, value in state.items() if not name.startswith("classifier.")}
        missing, unexpected = network.load_state_dict(state, strict=False)
    except Exception as error:
        raise PersonError(f"The weights {file} cannot be loaded: {str(error).splitlines()[0]} Check --init.") from error
    missing = [name for name in missing if not name.startswith("classifier.")]
    if missing or unexpected:
        raise PersonError(
            f"The weights {file} are for another network: {len(missing)} tensors are missing, {len(unexpected)} are too "
            f"many. --init takes a state dict of timm's tf_efficientnet_lite0."
        )


def fold_batch_norm(network: nn.Module) -> nn.Module:
    """
    Folds every batch norm into the convolution before it, in place; the function computed in eval mode stays the same.

    Folded weights train without batch statistics (small batches and small data sets are then no trouble), a quarter
    faster, and are what quantization sees.
    """
    for module in list(network.modules()):
        convolution = ""
        for name, child in list(module.named_children()):
            if isinstance(child, nn.Conv2d):
                convolution = name
            elif isinstance(child, nn.BatchNorm2d):
                fused = fuse_conv_bn_eval(getattr(module, convolution).eval(), child.eval())
                setattr(module, convolution, fused)
                setattr(module, name, child.act)
    return network


def normalised(images: np.ndarray) -> Tensor:
    """uint8 [n, height, width, 3] → float [n, 3, height, width] in channels-last memory, as the convolutions like it."""
    return ((torch.from_numpy(images).float() - ZERO_POINT) * SCALE).permute(0, 3, 1, 2)
