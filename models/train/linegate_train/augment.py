"""Variation that the line will show and the pictures do not: light, place, focus, noise."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor


@dataclass(frozen=True)
class Variation:
    """How far pictures are varied. Angles in degrees, the rest in parts of one; `flip` holds `h`, `v`, both or none."""

    light: float = 0.2
    colour: float = 0.05
    shift: float = 0.04
    zoom: float = 0.05
    degrees: float = 3.0
    blur: float = 0.2
    noise: float = 0.03
    flip: str = ""


def vary(images: Tensor, how: Variation, chance: torch.Generator) -> Tensor:
    """`images`: [n, 3, height, width], -1…1. Each is varied on its own; the result has the same shape."""

    def spread(most: float, *shape: int) -> Tensor:
        return (torch.rand(len(images), *shape, generator=chance) * 2 - 1) * most

    return _relight(_move(images, how, spread, chance), how, spread, chance)


def vary_together(images: Tensor, masks: Tensor, how: Variation, chance: torch.Generator) -> tuple[Tensor, Tensor]:
    """`vary`, with `masks` ([n, 1, height, width], 0…1) moved in the same way."""

    def spread(most: float, *shape: int) -> Tensor:
        return (torch.rand(len(images), *shape, generator=chance) * 2 - 1) * most

    moved = _move(torch.cat([images, masks], 1), how, spread, chance)
    return _relight(moved[:, :3], how, spread, chance), moved[:, 3:]


def _relight(images: Tensor, how: Variation, spread, chance: torch.Generator) -> Tensor:
    contrast = 1 + spread(how.light, 1, 1, 1)
    brightness = spread(how.light, 1, 1, 1) + spread(how.colour, 3, 1, 1)
    varied = images * contrast + brightness
    varied = _blur_some(varied, how.blur, chance)
    strength = torch.rand(len(images), 1, 1, 1, generator=chance) * how.noise
    varied = varied + torch.randn(varied.shape, generator=chance) * strength
    return varied.clamp(-1, 1)


def _move(images: Tensor, how: Variation, spread, chance: torch.Generator) -> Tensor:
    """Turns, zooms, shifts and flips in one resampling; what comes in from outside is the edge's colour."""
    height, width = images.shape[2:]
    angle = spread(how.degrees * torch.pi / 180)
    zoom = 1 + spread(how.zoom)
    sides = [_sign("h" in how.flip, len(images), chance), _sign("v" in how.flip, len(images), chance)]
    cos, sin = torch.cos(angle) * zoom, torch.sin(angle) * zoom
    # affine_grid counts both axes from -1 to 1, so a turn must be corrected by the aspect.
    rows = [
        torch.stack([cos * sides[0], -sin * height / width, spread(2 * how.shift)], 1),
        torch.stack([sin * width / height, cos * sides[1], spread(2 * how.shift)], 1),
    ]
    grid = F.affine_grid(torch.stack(rows, 1), list(images.shape), align_corners=False)
    return F.grid_sample(images, grid, padding_mode="border", align_corners=False)


def _sign(flips: bool, count: int, chance: torch.Generator) -> Tensor:
    return torch.randint(0, 2, (count,), generator=chance) * 2.0 - 1 if flips else torch.ones(count)


def _blur_some(images: Tensor, share: float, chance: torch.Generator) -> Tensor:
    """Blurs a `share` of the images with the 3×3 binomial kernel."""
    line = torch.tensor([1.0, 2.0, 1.0]) / 4
    kernel = torch.outer(line, line).expand(3, 1, 3, 3)
    blurred = torch.rand(len(images), generator=chance) < share
    if blurred.any():
        images = images.clone()
        images[blurred] = F.conv2d(F.pad(images[blurred], (1, 1, 1, 1), mode="replicate"), kernel, groups=3)
    return images
