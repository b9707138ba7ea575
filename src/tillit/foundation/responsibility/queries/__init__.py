"""Reads of models and duties. Other apps import from here."""

from tillit.foundation.responsibility.queries.duties import (
    DutyDay,
    DutyMemberLine,
    DutyShown,
    DutyToday,
    duties_of_unit,
    duties_of_week,
    duties_today,
    get_duty,
    members_of,
    terms_of,
    who_can_hold,
)
from tillit.foundation.responsibility.queries.models_in_use import (
    FollowedModel,
    ModelChoice,
    followed_models,
    get_version,
    list_versions,
    model_of,
    table_of,
)

__all__ = [
    "DutyDay",
    "DutyMemberLine",
    "DutyShown",
    "DutyToday",
    "FollowedModel",
    "ModelChoice",
    "duties_of_unit",
    "duties_of_week",
    "duties_today",
    "followed_models",
    "get_duty",
    "get_version",
    "list_versions",
    "members_of",
    "model_of",
    "table_of",
    "terms_of",
    "who_can_hold",
]
