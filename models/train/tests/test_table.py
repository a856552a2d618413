from collections import Counter
from pathlib import Path

import pytest
from linegate_train.errors import PersonError
from linegate_train.table import Row, Where, choose, read_rows, split


def rows(parts: Path) -> list[Row]:
    return read_rows(parts / "labels.csv")


def groups(of: list[Row], column: str) -> set[str]:
    return {row.columns[column] for row in of}


def test_a_random_split_keeps_the_proportions_and_loses_nothing(parts: Path) -> None:
    made = split(rows(parts), group=None, val=0.2, test=0.25, seed=1)
    assert Counter(r.label for r in made.test) == {"good": 5, "spot": 5, "line": 5}
    assert Counter(r.label for r in made.val) == {"good": 3, "spot": 3, "line": 3}
    assert sorted(r.file for r in [*made.train, *made.val, *made.test]) == sorted(r.file for r in rows(parts))


@pytest.mark.parametrize("seed", range(8))
def test_a_group_is_never_in_two_parts(parts: Path, seed: int) -> None:
    made = split(rows(parts), group="lot", val=0.2, test=0.2, seed=seed)
    held = [groups(part, "lot") for part in (made.train, made.val, made.test)]
    assert sum(map(len, held)) == 10 and all(held)


def test_the_same_seed_makes_the_same_split(parts: Path) -> None:
    first, again = (split(rows(parts), group="lot", val=0.2, test=0.2, seed=3) for _ in range(2))
    assert first == again


def test_named_rows_are_the_test(parts: Path) -> None:
    made = split(rows(parts), group="lot", val=0.2, test=Where.parse("lot=lot1,lot4"), seed=1)
    assert groups(made.test, "lot") == {"lot1", "lot4"}


def test_rows_are_chosen_by_columns(parts: Path) -> None:
    chosen = choose(rows(parts), [Where.parse("shift=day")], [Where.parse("lot=lot0"), Where.parse("label=spot")])
    assert groups(chosen, "lot") == {"lot1", "lot2", "lot3", "lot4"}
    assert groups(chosen, "label") == {"good", "line"}


def test_a_group_in_training_and_test_is_refused(parts: Path) -> None:
    with pytest.raises(PersonError, match="shift=day is in both training and"):
        split(rows(parts), group="shift", val=Where.parse("lot=lot2"), test=Where.parse("lot=lot1"), seed=1)


def test_a_single_group_cannot_be_split(parts: Path) -> None:
    day = choose(rows(parts), [Where.parse("shift=day")], [])
    with pytest.raises(PersonError, match="All rows left .* have shift=day"):
        split(day, group="shift", val=0.2, test=0.2, seed=1)


def test_a_label_that_nothing_is_learned_about_is_refused(parts: Path) -> None:
    with pytest.raises(PersonError, match='"spot" is only in test'):
        split(rows(parts), group=None, val=0.2, test=Where.parse("label=spot"), seed=1)


def test_a_label_that_val_lacks_is_refused(parts: Path) -> None:
    with pytest.raises(PersonError, match='No image of "good" is in val'):
        split(rows(parts), group=None, val=Where.parse("file=001.png,002.png"), test=0.2, seed=1)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "has no rows"),
        ("file,label\n", "has no rows"),
        ("name,label\na.png,good\n", 'no column "file"'),
        ("file,class\na.png,good\n", 'no column "label"'),
        ("file,label\na.png,good\nb.png,\n", "Line 3 of .* no label"),
    ],
)
def test_a_wrong_csv_is_one_clear_sentence(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "labels.csv").write_text(text)
    with pytest.raises(PersonError, match=says):
        read_rows(tmp_path / "labels.csv")


def test_a_missing_csv_is_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(PersonError, match="cannot be read: No such file"):
        read_rows(tmp_path / "labels.csv")


@pytest.mark.parametrize(
    ("rule", "says"), [("colour=red", 'no column "colour"'), ("lot=lot77", "No row has lot=lot77. There are: lot0, lot1")]
)
def test_an_unknown_column_or_value_is_named(parts: Path, rule: str, says: str) -> None:
    with pytest.raises(PersonError, match=says):
        choose(rows(parts), [Where.parse(rule)], [])


@pytest.mark.parametrize("text", ["lot", "lot=", "=lot1"])
def test_a_rule_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(PersonError, match="does not choose rows"):
        Where.parse(text)
