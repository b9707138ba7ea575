"""Everything that can be done with people, shifts and absences. Other apps import from here."""

from tillit.foundation.workforce.actions.absences import (
    AbsenceRefused,
    extend_absence,
    report_absence,
    withdraw_absence,
)
from tillit.foundation.workforce.actions.competences import hold_competence, seed_competences
from tillit.foundation.workforce.actions.logins import (
    LoginRefused,
    RoleRefused,
    close_login,
    end_role,
    give_role,
    invite_employee,
)
from tillit.foundation.workforce.actions.shifts import ShiftRefused, add_shift, remove_shift

__all__ = [
    "AbsenceRefused",
    "LoginRefused",
    "RoleRefused",
    "ShiftRefused",
    "add_shift",
    "close_login",
    "end_role",
    "extend_absence",
    "give_role",
    "hold_competence",
    "invite_employee",
    "remove_shift",
    "report_absence",
    "seed_competences",
    "withdraw_absence",
]
