"""How the numbers of a scale are stored, and read again."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tillit.care.evaluations.rules import copm, psfs, sppb

_SECONDS = ("side_by_side", "semi_tandem", "tandem", "gait", "chair")
_UNABLE = ("gait_unable", "chair_unable")

Measured = tuple[copm.Activity, ...] | tuple[psfs.Activity, ...] | sppb.Tested


def numbers_of(measured: Measured) -> tuple[str, dict[str, Any]]:
    """Return the tool's code and what is stored. What was not scored is left out; nothing at all is empty."""
    if isinstance(measured, sppb.Tested):
        stored: dict[str, Any] = {
            name: str(value) for name in _SECONDS if (value := getattr(measured, name)) is not None
        }
        return "SPPB", stored | {name: True for name in _UNABLE if getattr(measured, name)}
    rows: list[dict[str, Any]] = []
    is_copm = False
    for one in measured:
        if isinstance(one, copm.Activity):
            is_copm = True
            scores = {
                "importance": one.importance, "performance": one.performance, "satisfaction": one.satisfaction,
            }  # fmt: skip
        else:
            scores = {"score": one.score}
        rows.append({"text": one.text.strip()} | {name: score for name, score in scores.items() if score is not None})
    return ("COPM" if is_copm else "PSFS"), {"activities": rows}


def copm_of(numbers: Mapping[str, Any]) -> tuple[copm.Activity, ...]:
    """Read stored COPM."""
    return tuple(
        copm.Activity(row["text"], row.get("importance"), row.get("performance"), row.get("satisfaction"))
        for row in numbers.get("activities", ())
    )


def psfs_of(numbers: Mapping[str, Any]) -> tuple[psfs.Activity, ...]:
    """Read stored PSFS."""
    return tuple(psfs.Activity(row["text"], row.get("score")) for row in numbers.get("activities", ()))


def sppb_of(numbers: Mapping[str, Any]) -> sppb.Tested:
    """Read stored SPPB."""

    def seconds(name: str) -> Decimal | None:
        return Decimal(numbers[name]) if name in numbers else None

    return sppb.Tested(
        side_by_side=seconds("side_by_side"),
        semi_tandem=seconds("semi_tandem"),
        tandem=seconds("tandem"),
        gait=seconds("gait"),
        chair=seconds("chair"),
        gait_unable=bool(numbers.get("gait_unable")),
        chair_unable=bool(numbers.get("chair_unable")),
    )
