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
    remove_second_step,
)
from tillit.foundation.workforce.actions.shifts import ShiftRefused, add_shift, remove_shift
from tillit.foundation.workforce.actions.taking_in import (
    EmployeeRefused,
    EmployeesIn,
    Outlook,
    ShiftOutlook,
    ShiftsIn,
    ShiftTold,
    foresee_employees,
    foresee_shifts,
    take_in_employees,
    take_in_shifts,
)

__all__ = [
    "AbsenceRefused",
    "EmployeeRefused",
    "EmployeesIn",
    "LoginRefused",
    "Outlook",
    "RoleRefused",
    "ShiftOutlook",
    "ShiftRefused",
    "ShiftTold",
    "ShiftsIn",
    "add_shift",
    "close_login",
    "end_role",
    "extend_absence",
    "foresee_employees",
    "foresee_shifts",
    "give_role",
    "hold_competence",
    "invite_employee",
    "remove_second_step",
    "remove_shift",
    "report_absence",
    "seed_competences",
    "take_in_employees",
    "take_in_shifts",
    "withdraw_absence",
]
