"""Stored: citizens and everything that is true of them from a day to a day."""

from tillit.care.citizens.models.around import (
    Alert,
    AlertKind,
    Following,
    HelperWish,
    Home,
    NetworkKind,
    NetworkMember,
    Responsible,
    ResponsibleKind,
    Whereabouts,
    WhereaboutsKind,
    WishKind,
)
from tillit.care.citizens.models.citizen import (
    REASONS_PEOPLE_GIVE,
    Citizen,
    CorrectedField,
    Correction,
    CorrectionReason,
    EndKind,
    EndOfHelp,
    Identifier,
)

__all__ = [
    "REASONS_PEOPLE_GIVE",
    "Alert",
    "AlertKind",
    "Citizen",
    "CorrectedField",
    "Correction",
    "CorrectionReason",
    "EndKind",
    "EndOfHelp",
    "Following",
    "HelperWish",
    "Home",
    "Identifier",
    "NetworkKind",
    "NetworkMember",
    "Responsible",
    "ResponsibleKind",
    "Whereabouts",
    "WhereaboutsKind",
    "WishKind",
]
