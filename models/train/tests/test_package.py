"""The whole way, on images that are learned in seconds."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from linegate_train.cli import main
from linegate_train.evaluate import probabilities
from linegate_train.images import read_rgb, to_input
from linegate_train.pack import sha256


def command(parts: Path, out: Path, *more: str) -> list[str]:
    basics = ["--images", str(parts), "--labels", str(parts / "labels.csv"), "--out", str(out), "--threads", "1"]
    return [*basics, *more]


@pytest.fixture(scope="module")
def package(parts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("made") / "spots-and-lines"
    options = ["--group", "lot", "--size", "48x40", "--first", "1@32", "--epochs", "1", "--golden", "9", "--words", "de:line=Strich"]
    assert main(command(parts, out, *options)) == 0
    return out


@pytest.fixture(scope="module")
def manifest(package: Path) -> dict:
    return json.loads((package / "manifest.json").read_text())


def test_the_manifest_says_what_was_asked(manifest: dict) -> None:
    assert manifest["name"] == "spots-and-lines"
    assert manifest["labels"] == [
        {"name": "good", "verdict": "ok"},
        {"name": "line", "verdict": "nok", "words": {"de": "Strich"}},
        {"name": "spot", "verdict": "nok"},
    ]
    assert manifest["input"] == {"name": "image", "width": 48, "height": 40, "resize": "area"}
    assert sum(map(sum, manifest["figures"]["int8"]["confusion"])) == manifest["figures"]["int8"]["images"]
    assert manifest["figures"]["int8"]["bytes"] < 0.3 * manifest["figures"]["fp32"]["bytes"]


def test_every_other_file_is_in_the_manifest_with_its_hash(package: Path, manifest: dict) -> None:
    there = {p.relative_to(package).as_posix() for p in package.rglob("*") if p.is_file()} - {"manifest.json"}
    assert set(manifest["files"]) == there
    assert all(sha256(package / name) == hash_ for name, hash_ in manifest["files"].items())
    assert manifest["model"]["sha256"] == manifest["files"]["model.onnx"]
    assert {"MODEL_CARD.md", "report/report.md", "report/curves.png", "report/confusion.png"} <= there


def test_the_model_passes_its_own_golden_set(package: Path, manifest: dict) -> None:
    with (package / manifest["golden"]["outputs"]).open(newline="") as stream:
        lines = list(csv.DictReader(stream))
    names = [label["name"] for label in manifest["labels"]]
    wanted = np.array([[float(line[name]) for name in names] for line in lines])
    size = (manifest["input"]["width"], manifest["input"]["height"])
    pixels = np.stack([to_input(read_rgb(package / line["file"]), size, "area") for line in lines])
    given = probabilities(package / manifest["model"]["file"], pixels, "")
    assert len(lines) == 9
    assert np.abs(given - wanted).max() <= 1e-5
    assert np.abs(given.sum(1) - 1).max() <= 1e-5


def test_golden_labels_take_turns(package: Path, manifest: dict) -> None:
    with (package / manifest["golden"]["labels"]).open(newline="") as stream:
        assert [line["label"] for line in csv.DictReader(stream)][:3] == ["good", "line", "spot"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--group", "colour"], 'no column "colour"'),
        (["--size", "big"], 'The size "big" is none'),
        (["--test", "1.5"], "neither a share"),
        (["--ok", "fine"], "hold no good label"),
        (["--ok", "good,spot,line"], "hold no defect"),
        (["--name", "Spots!"], "may hold only small letters"),
        (["--version", "1"], "not of the form 1.2.3"),
        (["--init", "nowhere.pth"], "nowhere.pth are not there"),
        (["--first", "10"], "EPOCHS@SIZE"),
        (["--unsure", "2"], "is no share"),
        (["--images", "nowhere"], "The folder nowhere is not there"),
    ],
)
def test_wrong_input_is_one_clear_sentence_and_writes_nothing(
    parts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], says: str
) -> None:
    assert main(command(parts, tmp_path / "package", *options)) == 2
    last = capsys.readouterr().err.strip().splitlines()[-1]
    assert last.startswith("linegate_train: ") and says in last
    assert not (tmp_path / "package").exists()


def test_a_folder_that_is_no_package_is_not_overwritten(parts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    assert main(command(parts, tmp_path, "--name", "x")) == 2
    assert "is no model package" in capsys.readouterr().err
    assert (tmp_path / "thesis.txt").read_text() == "years of work"
