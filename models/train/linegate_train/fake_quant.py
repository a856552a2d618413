"""Quantization-aware fine-tuning: the network computes as if in INT8, and learns to live with it."""

import copy

import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize


class RoundedWeight(nn.Module):
    """Weights as int8 with one scale per output channel; the gradient passes straight through the rounding."""

    def forward(self, weight: Tensor) -> Tensor:
        scale = weight.detach().flatten(1).abs().amax(1).clamp_min(1e-8) / 127
        zero = torch.zeros(len(scale), dtype=torch.int32)
        return torch.fake_quantize_per_channel_affine(weight, scale, zero, 0, -127, 127)


class RoundedActivation(nn.Module):
    """Activations as uint8 over a range that follows the training images as a slow average."""

    def __init__(self, follow: float = 0.05) -> None:
        super().__init__()
        self.follow = follow
        self.register_buffer("low", torch.tensor(float("nan")))
        self.register_buffer("high", torch.tensor(float("nan")))

    def forward(self, values: Tensor) -> Tensor:
        if self.training or self.low.isnan():
            self._follow(values.detach())
        scale = float((self.high - self.low).clamp_min(1e-6) / 255)
        zero = round(-float(self.low) / scale)
        return torch.fake_quantize_per_tensor_affine(values, scale, min(255, max(0, zero)), 0, 255)

    @torch.no_grad()
    def _follow(self, values: Tensor) -> None:
        low, high = values.amin().clamp_max(0), values.amax().clamp_min(0)
        if self.low.isnan():
            self.low.copy_(low)
            self.high.copy_(high)
        self.low.lerp_(low, self.follow)
        self.high.lerp_(high, self.follow)


def rounded(folded: nn.Module) -> nn.Module:
    """A copy of a folded network that rounds where the INT8 model will: weights, activations, sums and the pooled vector."""
    network = copy.deepcopy(folded)
    for module in list(network.modules()):
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            parametrize.register_parametrization(module, "weight", RoundedWeight())
        for name, child in list(module.named_children()):
            if _ends_a_step(module, name, child):
                setattr(module, name, nn.Sequential(child, RoundedActivation()))
    return network


def _ends_a_step(parent: nn.Module, name: str, child: nn.Module) -> bool:
    """What follows a convolution after folding (`bn…`), a block that adds its input, or the pooling."""
    return name.startswith("bn") or name == "global_pool" or (isinstance(parent, nn.Sequential) and getattr(child, "has_skip", False))


def plain(network: nn.Module) -> nn.Module:
    """The same weights without the rounding, ready for export."""
    network = copy.deepcopy(network)
    for module in list(network.modules()):
        if parametrize.is_parametrized(module):
            parametrize.remove_parametrizations(module, "weight", leave_parametrized=False)
        for name, child in list(module.named_children()):
            if isinstance(child, nn.Sequential) and len(child) == 2 and isinstance(child[1], RoundedActivation):
                setattr(module, name, child[0])
    return network
