"""Many employees and shifts at once, from wage and roster systems' files: foresee them, then take them in."""

from tillit.foundation.workforce.actions.taking_in.employees import (
    EmployeeRefused,
    EmployeesIn,
    Outlook,
    foresee_employees,
    take_in_employees,
)
from tillit.foundation.workforce.actions.taking_in.shifts import (
    ShiftOutlook,
    ShiftsIn,
    ShiftTold,
    foresee_shifts,
    take_in_shifts,
)

__all__ = [
    "EmployeeRefused",
    "EmployeesIn",
    "Outlook",
    "ShiftOutlook",
    "ShiftTold",
    "ShiftsIn",
    "foresee_employees",
    "foresee_shifts",
    "take_in_employees",
    "take_in_shifts",
]
