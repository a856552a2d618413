"""The two thresholds of a package, chosen on the validation images; the twin of `decide` for whole tables of scores."""

from dataclasses import dataclass

import numpy as np

STEPS = np.round(np.arange(0.50, 0.9901, 0.01), 2)


@dataclass(frozen=True)
class Thresholds:
    """`ok` is needed of all good labels together, `nok` of all defects together; neither reached is `unsure`."""

    ok: float
    nok: float


@dataclass(frozen=True)
class Verdicts:
    """Shares (0…1): escapes and unsure_bad of the bad images, false_rejects and unsure_good of the good ones."""

    escapes: float
    false_rejects: float
    unsure_good: float
    unsure_bad: float


def judge(given: np.ndarray, truth: np.ndarray, good_labels: np.ndarray, at: Thresholds) -> Verdicts:
    """`given`: [images, labels]; `truth`: label indices; `good_labels`: a flag per label. Same rule as `electron/line/decide.ts`."""
    good = given[:, good_labels].sum(1)
    is_good = good_labels[truth]
    ok = good >= at.ok
    nok = ~ok & (1 - good >= at.nok)
    unsure = ~ok & ~nok

    def share(what: np.ndarray, of: np.ndarray) -> float:
        return float((what & of).sum() / max(1, of.sum()))

    return Verdicts(share(ok, ~is_good), share(nok, is_good), share(unsure, is_good), share(unsure, ~is_good))


def choose_thresholds(given: np.ndarray, truth: np.ndarray, good_labels: np.ndarray, most_unsure: float) -> Thresholds:
    """
    Fewest escapes and false rejects while at most `most_unsure` of the good and of the bad images are unsure.

    Among equals the strictest wins, `ok` first: what is not needed to keep the line running is spent on certainty.
    """

    def rank(at: Thresholds) -> tuple[bool, float, float, float]:
        v = judge(given, truth, good_labels, at)
        over = max(v.unsure_good, v.unsure_bad) > most_unsure
        return over, v.escapes + v.false_rejects, -at.ok, -at.nok

    return min((Thresholds(float(ok), float(nok)) for ok in STEPS for nok in STEPS), key=rank)
