"""Everything that can be done with people, shifts and absences. Other apps import from here."""

from tillit.foundation.workforce.actions.absences import (
    AbsenceRefused,
    extend_absence,
    report_absence,
    withdraw_absence,
)
from tillit.foundation.workforce.actions.competences import hold_competence, seed_competences
from tillit.foundation.workforce.actions.shifts import ShiftRefused, add_shift, remove_shift

__all__ = [
    "AbsenceRefused",
    "ShiftRefused",
    "add_shift",
    "extend_absence",
    "hold_competence",
    "remove_shift",
    "report_absence",
    "seed_competences",
    "withdraw_absence",
]
