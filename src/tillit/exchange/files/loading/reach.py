"""What the importing person reaches, and what the file and the database together know of: codes and numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from tillit.care.citizens.models import Citizen
from tillit.exchange.files.checking import Problem, Row
from tillit.exchange.files.loading.identity import own_key
from tillit.exchange.files.permissions import IMPORT
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Area, Unit
from tillit.foundation.workforce.competence_catalogue import COMPETENCES
from tillit.foundation.workforce.models import Competence, Employee


@dataclass(slots=True)
class ToldEmployee:
    """What the file says of an employee: her training, and the codes of the units she works in."""

    profession: str
    unit_codes: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Known:
    """Everything rows may point at, from the database and from the same import."""

    actor: Actor
    today: date
    unit_paths: dict[str, str] = field(default_factory=dict)  # code → path; "" for a unit new in this import
    unit_by_postal_code: dict[str, str] = field(default_factory=dict)  # postal code → unit code
    employee_numbers: set[str] = field(default_factory=set)
    competence_codes: set[str] = field(default_factory=set)
    coming_employees: dict[str, ToldEmployee] = field(default_factory=dict)  # as the same file tells of them
    citizen_keys: dict[str, str] = field(default_factory=dict)  # key → code of the main unit
    sharing: dict[str, set[str]] = field(default_factory=dict)  # key → codes of units that follow a part of the help

    @property
    def is_administrator(self) -> bool:
        """Administrators set up units and hand out leaders' roles; leaders read in for their own teams."""
        return any(grant.role is Role.ADMINISTRATOR for grant in self.actor.grants)

    def path_of(self, unit_code: str) -> str:
        """Return the path of a unit; of one that is new in this file, a mark that no stored path begins with."""
        return self.unit_paths.get(unit_code) or f"+{unit_code}."

    def reaches(self, unit_code: str) -> bool:
        """Whether the actor may read in for the unit with this code."""
        path = self.unit_paths.get(unit_code)
        if path is None:
            return False
        if self.is_administrator:
            return True
        return any(grant.role in IMPORT.roles and grant.reaches(path) for grant in self.actor.grants if path)

    def follows(self, key: str, unit_code: str) -> bool:
        """Whether the unit follows the citizen, all of her help or a part; yes while nobody knows who does."""
        main = self.citizen_keys.get(key, "")
        return not main or unit_code == main or unit_code in self.sharing.get(key, ())

    def unit_problem(self, sheet: str, row: int, column: str, code: str) -> Problem | None:
        """Return what is wrong with naming this unit, or None."""
        if code not in self.unit_paths:
            return Problem(
                sheet, row, column, _("Enheten «%(code)s» finnes ikke. Ta den med i arket Enheter.") % {"code": code}
            )
        if not self.reaches(code):
            return Problem(sheet, row, column, _("Du kan bare lese inn for dine egne team."))
        return None


def gather(actor: Actor, today: date, rows: Mapping[str, Sequence[Row]], named: Mapping[str, frozenset[str]]) -> Known:
    """Return what is known before anything is written. Six queries, whatever the size.

    named: the keys of all rows of a sheet, also of unreadable ones, so that one wrong cell is one problem and not many.
    """
    known = Known(actor=actor, today=today)
    known.unit_paths = dict(Unit.objects.values_list("code", "path"))
    for code in named.get("units", ()):
        known.unit_paths.setdefault(code, "")
    areas = Area.objects.filter(valid_to__isnull=True).values_list("unit__code", "postal_codes")
    for code, postal_codes in areas:
        known.unit_by_postal_code.update(dict.fromkeys(postal_codes, code))
    for row in rows.get("units", ()):
        for postal_code in row.texts("postal_codes"):
            known.unit_by_postal_code[postal_code] = str(row.values["code"])
    known.employee_numbers = set(Employee.objects.values_list("number", flat=True))
    known.employee_numbers |= named.get("employees", frozenset())
    for row in rows.get("employees", ()):
        told = known.coming_employees.setdefault(str(row.values["number"]), ToldEmployee(str(row.values["profession"])))
        told.unit_codes.add(str(row.values["unit"]))
    known.competence_codes = set(Competence.objects.values_list("code", flat=True))
    known.competence_codes |= {entry.code for entry in COMPETENCES}
    stored = Citizen.objects.filter(followings__valid_to__isnull=True)
    for pk, key, code, part in stored.order_by("-followings__part", "-followings__pk").values_list(
        "pk", "import_key", "followings__unit__code", "followings__part"
    ):
        known.citizen_keys[key or own_key(pk)] = code  # the one without a part comes last
        if part:
            known.sharing.setdefault(key or own_key(pk), set()).add(code)
    for key in named.get("citizens", ()):
        known.citizen_keys.setdefault(key, "")
    for row in rows.get("citizens", ()):
        unit = row.values["unit"] or known.unit_by_postal_code.get(str(row.values["postal_code"]), "")
        known.citizen_keys[str(row.values["key"])] = str(unit)
    return known
