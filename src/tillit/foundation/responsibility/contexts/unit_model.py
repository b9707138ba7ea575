"""Which model a unit is going to follow, and how the one it follows came into force (R57)."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from tillit.foundation.organisation.models import Unit
from tillit.foundation.responsibility.contexts.model_history import EnactedEntry, enacted_entry
from tillit.foundation.responsibility.queries import (
    FollowedModel,
    enactments,
    followings,
)


@dataclass(frozen=True, slots=True)
class ComingModel:
    """A model the unit is going to follow."""

    name: str
    href: str
    enacted: EnactedEntry | None
    since: date


def model_story(
    unit: Unit, followed: FollowedModel | None, *, on: date, decides: bool
) -> tuple[list[ComingModel], EnactedEntry | None]:
    """What is decided for later, and how the model in use came into force for the unit that chose it."""
    lines = [line for line in enactments(unit_id=unit.pk) if line.taken_back_at is None]
    coming = []
    for line in followings(unit_ids=[unit.pk], not_over_on=on):
        if line.valid_from > on:
            mine = next(
                (one for one in lines if (one.version_id, one.valid_from) == (line.version_id, line.valid_from)), None
            )
            coming.append(
                ComingModel(
                    line.model_name,
                    reverse("responsibility:model", args=[line.version_id]),
                    enacted_entry(mine, on=on, decides=decides) if mine else None,
                    line.valid_from,
                )
            )
    now = next(
        (
            one
            for one in lines
            if followed is not None and (one.version_id, one.valid_from) == (followed.version_id, followed.valid_from)
        ),
        None,
    )
    return coming, enacted_entry(now, on=on, decides=decides) if now else None
