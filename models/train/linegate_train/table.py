"""The CSV of labels: reading it, choosing rows, splitting without leaks."""

import csv
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from .errors import PersonError

TRIES = 400
"""How many random choices of whole groups are compared; the one closest to the wanted shares wins."""


@dataclass(frozen=True)
class Row:
    """One image. `columns` is the whole line of the CSV, `file` and `label` included."""

    file: str
    label: str
    columns: dict[str, str]


@dataclass(frozen=True)
class Where:
    """Rows whose `column` holds one of `values`."""

    column: str
    values: tuple[str, ...]

    @staticmethod
    def parse(text: str) -> "Where":
        """Reads `COLUMN=V1,V2`."""
        column, equals, values = text.partition("=")
        if not (column and equals and values):
            raise PersonError(f'"{text}" does not choose rows. Write COLUMN=VALUE or COLUMN=VALUE1,VALUE2.')
        return Where(column, tuple(values.split(",")))

    def holds(self, row: Row) -> bool:
        return row.columns[self.column] in self.values


@dataclass(frozen=True)
class Split:
    """Rows to learn from, to choose by (best epoch, thresholds), and to measure on. No group is in two of them."""

    train: list[Row]
    val: list[Row]
    test: list[Row]


def part_of(text: str, option: str) -> Where | float:
    """A share of the images, or the rows that `COLUMN=VALUES` names. Raises PersonError."""
    if "=" in text:
        return Where.parse(text)
    try:
        share = float(text)
    except ValueError:
        share = 0.0
    if not 0 < share < 1:
        raise PersonError(f'{option} "{text}" is neither a share between 0 and 1 nor COLUMN=VALUES.')
    return share


def read_rows(file: Path) -> list[Row]:
    """Reads a CSV with at least the columns `file` and `label`. Raises PersonError."""
    try:
        with file.open(newline="", encoding="utf-8-sig") as stream:
            lines = list(csv.DictReader(stream))
    except OSError as error:
        raise PersonError(f"The CSV {file} cannot be read: {error.strerror}. Check --labels.") from error
    if not lines:
        raise PersonError(f"The CSV {file} has no rows. It needs a header with file,label and one line per image.")
    for column in ("file", "label"):
        need_column(lines[0], column, str(file))
    for number, line in enumerate(lines, start=2):
        if not line["file"] or not line["label"]:
            raise PersonError(f"Line {number} of {file} has no file or no label. Fill it in or remove the line.")
    return [Row(line["file"], line["label"], line) for line in lines]


def need_column(columns: dict[str, str], column: str, where: str = "the CSV") -> None:
    if column not in columns:
        raise PersonError(f'There is no column "{column}" in {where}. Its columns are: {", ".join(map(str, columns))}.')


def choose(rows: list[Row], where: list[Where], where_not: list[Where]) -> list[Row]:
    """The rows that hold for every `where` and for no `where_not`. Raises PersonError when a value matches nothing."""
    for rule in [*where, *where_not]:
        need_column(rows[0].columns, rule.column)
        known = {row.columns[rule.column] for row in rows}
        for value in rule.values:
            if value not in known:
                raise PersonError(f'No row has {rule.column}={value}. There are: {", ".join(sorted(known)[:20])}.')
    chosen = [r for r in rows if all(w.holds(r) for w in where) and not any(w.holds(r) for w in where_not)]
    if not chosen:
        raise PersonError("No row is left after --where and --where-not. Choose less strictly.")
    return chosen


def split(
    rows: list[Row], *, group: str | None, val: Where | float, test: Where | float, seed: int
) -> Split:
    """
    Splits into train, val and test: by what a `Where` names, else at random by a share (0…1) of the images.

    With `group`, the rows of one group stay together; without it every row is a group of its own and the labels'
    proportions are kept. Raises PersonError when a group would leak or a label would be missing.
    """
    if group is not None:
        need_column(rows[0].columns, group)
    rest, tested = _take(rows, test, group, seed, "test")
    train, validated = _take(rest, val, group, seed + 1, "val")
    result = Split(train, validated, tested)
    _refuse_leaks(result, group)
    _refuse_missing_labels(result)
    return result


def _take(rows: list[Row], what: Where | float, group: str | None, seed: int, name: str) -> tuple[list[Row], list[Row]]:
    """Divides into what stays and what is taken out."""
    if isinstance(what, Where):
        taken = choose(rows, [what], [])
        return [row for row in rows if not what.holds(row)], taken
    if group is None:
        return _take_stratified(rows, what, seed)
    return _take_groups(rows, what, group, seed, name)


def _take_stratified(rows: list[Row], share: float, seed: int) -> tuple[list[Row], list[Row]]:
    chance = random.Random(seed)
    taken: set[int] = set()
    for label in sorted({row.label for row in rows}):
        mine = [i for i, row in enumerate(rows) if row.label == label]
        taken.update(chance.sample(mine, min(len(mine), max(1, round(share * len(mine))))))
    return [r for i, r in enumerate(rows) if i not in taken], [r for i, r in enumerate(rows) if i in taken]


def _take_groups(rows: list[Row], share: float, group: str, seed: int, name: str) -> tuple[list[Row], list[Row]]:
    chance = random.Random(seed)
    names = sorted({row.columns[group] for row in rows})
    if len(names) < 2:
        raise PersonError(
            f'All rows left for "{name}" and training have {group}={names[0]}, and a group must stay whole. '
            f"Give more groups, another --group, or leave --group out."
        )
    whole = Counter(row.label for row in rows)
    counts = {n: Counter(r.label for r in rows if r.columns[group] == n) for n in names}
    most = max(1, min(len(names) - 1, round(share * len(names))))

    def distance(chosen: list[str]) -> float:
        held = sum((counts[n] for n in chosen), Counter())
        empty = sum(held[label] == 0 or held[label] == whole[label] for label in whole)
        return 100 * empty + sum(abs(held[label] / whole[label] - share) for label in whole)

    tries = [chance.sample(names, chance.randint(1, most)) for _ in range(TRIES)]
    best = set(min(tries, key=distance))
    return [r for r in rows if r.columns[group] not in best], [r for r in rows if r.columns[group] in best]


def _refuse_leaks(parts: Split, group: str | None) -> None:
    if group is None:
        return
    named = {"training": parts.train, "val": parts.val, "test": parts.test}
    seen: dict[str, str] = {}
    for part, rows in named.items():
        for value in sorted({row.columns[group] for row in rows}):
            if value in seen:
                raise PersonError(
                    f"The group {group}={value} is in both {seen[value]} and {part}, so the test would know the answer. "
                    f"Choose --val and --test by whole groups."
                )
            seen[value] = part


def _refuse_missing_labels(parts: Split) -> None:
    learned = {row.label for row in parts.train}
    if len(learned) < 2:
        raise PersonError(f"Only {len(learned)} label is left to learn from. At least two are needed.")
    for part, rows in (("val", parts.val), ("test", parts.test)):
        if not rows:
            raise PersonError(f"No image is left for {part}. Give more images or choose --{part} otherwise.")
        for label in sorted({row.label for row in rows} - learned):
            raise PersonError(f'The label "{label}" is only in {part}: nothing can be learned about it. Choose otherwise.')
    for label in sorted(learned - {row.label for row in parts.val}):
        raise PersonError(
            f'No image of "{label}" is in val, which chooses the best epoch and the thresholds. '
            f"Choose --val so that every label is in it, or leave --val out."
        )
