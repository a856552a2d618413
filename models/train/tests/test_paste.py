import numpy as np
from linegate_train.part import Box, Labelled
from linegate_train.paste import paste, paste_some

BRIGHT = np.full((60, 80, 3), 180, np.uint8)
DARK = np.full((60, 80, 3), 90, np.uint8)
DARK[20:30, 30:40] = 20
SPOT = Box(30 / 80, 20 / 60, 40 / 80, 30 / 60)


def test_the_defect_comes_along_in_the_light_of_the_new_place() -> None:
    pasted, _ = paste(BRIGHT, DARK, SPOT, np.random.default_rng(1))
    made = pasted.astype(int)
    assert made.min() < 180 - 40
    assert 180 - 90 - 20 < made.min()
    assert 0 < (made < 170).any(2).sum() < 15 * 15


def test_nothing_else_of_the_picture_changes() -> None:
    before = BRIGHT.copy()
    made, box = paste(BRIGHT, DARK, SPOT, np.random.default_rng(1))
    assert np.array_equal(BRIGHT, before)
    assert (made == 180).all(2).mean() > 0.9
    changed_rows, changed_columns = np.nonzero((made != 180).any(2))
    assert box.x0 * 80 <= changed_columns.min() and changed_columns.max() < box.x1 * 80
    assert box.y0 * 60 <= changed_rows.min() and changed_rows.max() < box.y1 * 60


def test_only_pictures_with_known_defects_are_replaced() -> None:
    part = Labelled(np.stack([BRIGHT, DARK, DARK]), np.array([0, 1, 1]), [(), (SPOT,), ()])
    made, boxes = paste_some(part, np.array([0]), np.array([0, 1, 2]), 1.0, np.random.default_rng(1))
    assert np.array_equal(made[0], BRIGHT) and np.array_equal(made[2], DARK)
    assert made[1].mean() > 170 and made[1].min() < 140
    assert boxes[0] == () and boxes[2] == () and boxes[1] != (SPOT,)
