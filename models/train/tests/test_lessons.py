"""The lessons that know where defects are."""

import numpy as np
import torch

from linegate_train.fit import fit
from linegate_train.locate import masks_of
from linegate_train.network import build
from linegate_train.part import Box, Data, Labelled
from linegate_train.patches import SIDE, patches_of
from linegate_train.plan import Plan


def spotted(count: int, seed: int) -> Labelled:
    """Grey pictures of 96 pixels; every second has a bright square, and a box around it."""
    dice = np.random.default_rng(seed)
    pixels = dice.integers(90, 110, (count, 96, 96, 3), np.uint8)
    boxes: list[tuple[Box, ...]] = [()] * count
    for index in range(1, count, 2):
        x, y = dice.integers(0, 76, 2)
        pixels[index, y : y + 20, x : x + 20] = 230
        boxes[index] = (Box(x / 96, y / 96, (x + 20) / 96, (y + 20) / 96),)
    return Labelled(pixels, np.arange(count) % 2, boxes)


def test_mask_covers_the_box_and_nothing_else():
    masks = masks_of([(Box(0.25, 0.5, 0.5, 1.0),), ()], (8, 4))
    assert masks.shape == (2, 1, 4, 8)
    assert masks[0, 0].sum() == 2 * 2 and masks[0, 0, 2:, 2:4].all()
    assert masks[1].sum() == 0


def test_pieces_hold_the_defect():
    part = spotted(40, 1)
    pieces = patches_of(part, np.arange(1, 40, 2), np.random.default_rng(2))
    assert pieces.shape == (20, SIDE, SIDE, 3)
    assert np.mean([(piece > 200).any() for piece in pieces]) > 0.9
    assert not (patches_of(part, np.arange(0, 40, 2), np.random.default_rng(2)) > 200).any()


def test_network_leaves_the_lessons_as_it_came():
    network = build(2)
    data = Data(["good", "spot"], np.array([True, False]), spotted(32, 1), spotted(8, 2), spotted(8, 3))
    trained, epochs = fit(network, data, Plan(epochs=1, learning_rate=1e-3, batch=16, patches=96), "Test")
    assert len(epochs) == 1
    for module in [*network.modules(), *trained.modules()]:
        assert not module._forward_hooks
    assert trained(torch.zeros(1, 3, 96, 96)).shape == (1, 2)
