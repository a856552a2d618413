from pathlib import Path

import cv2
import numpy as np
import pytest
from linegate_train.errors import PersonError
from linegate_train.images import read_rgb, shrink, to_input
from linegate_train.part import Box, Source, boxes_of, load
from linegate_train.table import Row


@pytest.mark.parametrize(("word", "flag"), [("area", cv2.INTER_AREA), ("linear", cv2.INTER_LINEAR)])
def test_the_resize_is_opencvs_letter_by_letter(word: str, flag: int) -> None:
    picture = np.random.default_rng(1).integers(0, 256, (46, 113, 3), np.uint8)
    assert np.array_equal(to_input(picture, (38, 16), word), cv2.resize(picture, (38, 16), interpolation=flag))


def test_area_is_the_mean_of_the_pixels_it_covers() -> None:
    picture = np.arange(2 * 4 * 3, dtype=np.uint8).reshape(2, 4, 3)
    wanted = picture.reshape(1, 2, 2, 2, 3).mean((1, 3))
    assert np.abs(to_input(picture, (2, 1), "area") - wanted).max() <= 0.5


def test_a_picture_of_the_right_size_stays_as_it_is() -> None:
    picture = np.random.default_rng(1).integers(0, 256, (20, 30, 3), np.uint8)
    assert to_input(picture, (30, 20), "area") is picture


def test_channels_are_red_green_blue(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "red.png"), np.full((4, 4, 3), (0, 0, 255), np.uint8))
    assert read_rgb(tmp_path / "red.png")[0, 0].tolist() == [255, 0, 0]


def test_images_keep_the_order_of_the_rows(parts: Path) -> None:
    rows = [Row(f"{number:03d}.png", "x", {}) for number in (7, 3, 5)]
    pixels = load(rows, ["x"], Source(parts, (48, 40), "area"), "").pixels
    assert all(np.array_equal(p, read_rgb(parts / row.file)) for p, row in zip(pixels, rows, strict=True))


def test_shrunk_images_have_the_size_asked_for() -> None:
    assert shrink(np.zeros((3, 40, 48, 3), np.uint8), (24, 20)).shape == (3, 20, 24, 3)


def test_a_missing_image_is_named(tmp_path: Path) -> None:
    with pytest.raises(PersonError, match="gone.png is not there"):
        load([Row("gone.png", "good", {})], ["good"], Source(tmp_path, (32, 32), "area"), "")


def test_an_image_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("no picture")
    with pytest.raises(PersonError, match="text.png cannot be read as a picture"):
        load([Row("text.png", "good", {})], ["good"], Source(tmp_path, (32, 32), "area"), "")


def test_boxes_are_parts_of_the_picture() -> None:
    row = Row("a.png", "spot", {"boxes": "10 20 30 40;0 0 100 50"})
    assert boxes_of(row, "boxes", 100, 50) == (Box(0.1, 0.4, 0.3, 0.8), Box(0, 0, 1, 1))
    assert boxes_of(Row("b.png", "good", {"boxes": ""}), "boxes", 100, 50) == ()


@pytest.mark.parametrize("text", ["1 2 3", "1 2 3 x", "5 5 5 9", "0 0 101 50"])
def test_a_box_that_is_none_is_named(text: str) -> None:
    with pytest.raises(PersonError, match="a.png is no box"):
        boxes_of(Row("a.png", "spot", {"boxes": text}), "boxes", 100, 50)
