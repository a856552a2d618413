import numpy as np
import pytest
from linegate_train.thresholds import Thresholds, choose_thresholds, judge

GOOD = np.array([True, False, False])


def scores(good: list[float]) -> np.ndarray:
    """Rows with the given probability of `good`, the rest shared by two defects."""
    share = np.array(good)
    return np.stack([share, (1 - share) * 0.7, (1 - share) * 0.3], 1)


@pytest.mark.parametrize(("good", "kind"), [(0.9, "ok"), (0.89, "unsure"), (0.21, "unsure"), (0.2, "nok"), (0.0, "nok")])
def test_the_verdict_rule_is_decides_own(good: float, kind: str) -> None:
    at = Thresholds(ok=0.9, nok=0.8)
    verdicts = judge(scores([good]), np.array([1]), GOOD, at)
    assert (verdicts.escapes, verdicts.unsure_bad) == ({"ok": (1, 0), "unsure": (0, 1), "nok": (0, 0)}[kind])
    verdicts = judge(scores([good]), np.array([0]), GOOD, at)
    assert (verdicts.false_rejects, verdicts.unsure_good) == ({"ok": (0, 0), "unsure": (0, 1), "nok": (1, 0)}[kind])


def test_a_doubtful_bad_part_becomes_unsure_when_that_is_allowed() -> None:
    good = [0.99] * 50 + [0.6] + [0.01] * 49
    truth = np.array([0] * 50 + [1] * 50)
    at = choose_thresholds(scores(good), truth, GOOD, most_unsure=0.02)
    assert at.ok > 0.6
    verdicts = judge(scores(good), truth, GOOD, at)
    assert verdicts.escapes == 0 and verdicts.unsure_bad == pytest.approx(0.02)


def test_no_more_is_unsure_than_allowed() -> None:
    chance = np.random.default_rng(2)
    good = [*chance.beta(6, 2, 400), *chance.beta(2, 6, 400)]
    truth = np.array([0] * 400 + [2] * 400)
    at = choose_thresholds(scores(good), truth, GOOD, most_unsure=0.03)
    verdicts = judge(scores(good), truth, GOOD, at)
    assert max(verdicts.unsure_good, verdicts.unsure_bad) <= 0.03
    assert at.ok >= 0.5 and at.nok >= 0.5
