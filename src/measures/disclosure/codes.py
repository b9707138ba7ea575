"""Two waves joined by codes that people make themselves."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from measures.answer import Found, Warned, ratio
from measures.errors import InvalidInput
from measures.measure import measure

Ints = npt.NDArray[np.int64]


def _apart(one: list[tuple[str | None, ...]], two: list[tuple[str | None, ...]]) -> Ints:
    """Return in how many elements each code of one differs from each of two; a missing element always differs."""
    if not one or not two:
        return np.zeros((len(one), len(two)), dtype=np.int64)
    first, second = np.array(one, dtype=object), np.array(two, dtype=object)
    return np.asarray(
        [[sum(a is None or a != b for a, b in zip(x, y, strict=True)) for y in second] for x in first], dtype=np.int64
    ).reshape(len(one), len(two))


def _only(marked: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the pairs that are alone in their row and in their column."""
    alone = marked & (marked.sum(axis=1, keepdims=True) == 1) & (marked.sum(axis=0, keepdims=True) == 1)
    return [(int(a), int(b)) for a, b in zip(*np.nonzero(alone), strict=True)]


@measure(
    "sgic_match",
    version=1,
    source="Simplified from Lipp et al. 2021, Survey Methods: Insights from the Field; rates: Yurek et al. 2008.",
)
def sgic_match(w1: pl.DataFrame, w2: pl.DataFrame, *, max_diff: int = 1, respondent: str = "resp") -> Found:
    """Pairs of answers with the same self-made code: exact first, then one element off, unique both ways each time.

    w1, w2: the respondent's number within the wave, and the code's elements as the other columns. What is not unique
    stays unjoined: a wrong pair is worse than none. Only the numbers of pairs and the pairs come out, never the codes.
    Those who trust least match least: the joined ones are not like all.
    """
    elements = [each for each in w1.columns if each != respondent and each in w2.columns]
    if not elements:
        raise InvalidInput("w1", "the two tables share no code elements", "Name the elements alike in both")
    if max_diff < 0:
        raise InvalidInput("max_diff", "must be at least 0", "Use 1")

    def codes(table: pl.DataFrame) -> list[tuple[str | None, ...]]:
        return list(table.select(pl.col(elements).cast(pl.String)).iter_rows())

    apart = _apart(codes(w1), codes(w2))
    left1, left2 = np.arange(w1.height), np.arange(w2.height)
    pairs: dict[int, list[tuple[int, int]]] = {}
    for off in range(max_diff + 1):
        mine = _only(apart[np.ix_(left1, left2)] == off)
        pairs[off] = [(int(left1[a]), int(left2[b])) for a, b in mine]
        left1 = np.delete(left1, [a for a, _ in mine])
        left2 = np.delete(left2, [b for _, b in mine])
    joined = sum(len(each) for each in pairs.values())
    share = ratio(joined, min(w1.height, w2.height))
    warnings = [Warned("not_like_all", "Those who could be joined are not like all: show the unjoined result beside.")]
    return Found(
        {
            "exact": len(pairs[0]),
            "one_off": len(pairs.get(1, [])),
            "joined": joined,
            "unmatched_w1": int(left1.size),
            "unmatched_w2": int(left2.size),
            "share": share,
            "pairs": [[a, b] for off in sorted(pairs) for a, b in pairs[off]],
        },
        n=w1.height + w2.height,
        warnings=warnings,
    )
