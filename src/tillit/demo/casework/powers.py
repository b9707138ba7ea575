"""Who may decide what in Fjordvik: delegation documents of today and before, and who held which role when."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tillit.demo.casework.days import years_start
from tillit.demo.organisation import Town
from tillit.demo.store import Store
from tillit.foundation.access.roles import Role
from tillit.foundation.authority import models
from tillit.foundation.authority.queries import ServiceLine, list_services
from tillit.foundation.authority.rules import resolving
from tillit.foundation.organisation.rules import ids_in
from tillit.kernel.periods import Days

#: What a team leader in district Sør may decide by the reading of the model as described, and what the municipality
#: has added: (service, most a week, most days).
SOUTH: tuple[tuple[str, int | None, int | None], ...] = (
    ("HOME_NURSING", 35, None),
    ("PRACTICAL_ASSISTANCE", 35, None),
    ("REABLEMENT", 35, None),
    ("PRACTICAL_TRAINING", 35, None),
    ("THERAPY_AT_HOME", None, None),
    ("MEALS", None, None),
    ("SHORT_STAY", None, 14),
)
#: The reading of practice: the team leader has less, the office more. Therapy and training at home have nobody.
NORTH: tuple[tuple[str, int | None, int | None], ...] = (
    ("HOME_NURSING", 35, None),
    ("PRACTICAL_ASSISTANCE", 35, None),
)
#: The head of the office, in all of the municipality. Nobody has the rest: a gap that the pages show.
HEAD = ("SHORT_STAY", "LONG_STAY", "DAY_CENTRE", "OMSORG_PLUS", "SAFETY_ALARM")
HEAD_IN_NORTH = (("MEALS", None), ("REABLEMENT", 84))
PREPARED_BY_SPECIALISTS = ("BPA", "CARE_PAY", "RESPITE")
#: What the office decides in cases of its own: purchaser–provider teams, and new citizens of others.
OFFICE = ("HOME_NURSING", "PRACTICAL_ASSISTANCE", "PRACTICAL_TRAINING", "REABLEMENT", "MEALS")


@dataclass(frozen=True, slots=True)
class Decides:
    """Who decides a matter, and by which line."""

    authority_id: int
    employee_id: int
    unit_id: int


@dataclass(slots=True)
class Powers:
    """The lines as the rules see them, and who holds roles where. One for the whole town."""

    store: Store
    anchor: date
    paths: dict[int, str]
    roles: dict[tuple[int, Role], list[tuple[int, date]]]
    services: dict[str, ServiceLine] = field(default_factory=dict)
    _lines: dict[str, list[resolving.Authority]] = field(default_factory=lambda: defaultdict(list))
    _rows: dict[int, tuple[int | None, date]] = field(default_factory=dict)
    _documents: dict[str, tuple[int, date, date | None]] = field(default_factory=dict)

    def read_services(self) -> None:
        """Read the catalogue once it is shipped."""
        self.services = {one.code: one for one in list_services()}

    def delegate(self, copy: int, town: Town, specialist_id: int) -> None:
        """Write the documents with the first copy of the town, and in each copy the lines for its districts."""
        now, before = years_start(self.anchor, 0), years_start(self.anchor, -7)
        ends, year = years_start(self.anchor, 2), self.anchor.year
        if not copy:
            self._document(f"{year - 3}-11", "Vedtak i hjemmetjenesten", "", before, now)
            self._document(f"{year}-02", "Tjenestekontorets egne saker", "", now, None)
            self._document(f"{year}-03", "Plasser, alarm og særskilte tjenester", "", now, ends)
            self._document(f"{year}-04", "Tillitsmodellen i distrikt Sør", "OSLO_DESCRIBED", now, ends)
            self._document(f"{year}-05", "Tillitsmodellen i distrikt Nord", "OSLO_PRACTISED", now, ends)
            for group in ("HOME", "STAY", "SPECIAL"):
                self._line(f"{year - 3}-11", group=group, unit=town.office)
            for code in OFFICE:
                self._line(f"{year}-02", code, unit=town.office, within=town.office)
                limit = {"HOME_NURSING": Decimal(10), "PRACTICAL_ASSISTANCE": Decimal(4)}.get(code)
                if limit is not None:
                    self._line(f"{year}-02", code, Role.CASE_WORKER, unit=town.office, within=town.office, most=limit)
            for code in HEAD:
                self._line(f"{year}-03", code, unit=town.office)
            for code in PREPARED_BY_SPECIALISTS:
                self._line(f"{year}-03", code, unit=town.office, four_eyes=True)
            self._line(f"{year}-03", "SUPPORT_CONTACT", None, employee=specialist_id)
        for reference, district, lines in ((f"{year}-04", "Sør", SOUTH), (f"{year}-05", "Nord", NORTH)):
            within = town.districts[district]
            for code, most, days in lines:
                self._line(reference, code, within=within, most=Decimal(most) if most else None, days=days)
        for code, most_days in HEAD_IN_NORTH:
            self._line(f"{year}-05", code, unit=town.office, within=town.districts["Nord"], days=most_days)

    def who(
        self,
        code: str,
        *,
        unit_id: int,
        on: date,
        extent: Decimal | None = None,
        days: int | None = None,
        prepared_by: int = 0,
    ) -> Decides | None:
        """Return who decides this in a unit on a day, in a role of her own; None when nobody may."""
        service = self.services[code]
        path = self.paths[unit_id]
        matter = resolving.Matter(
            service=code, group=service.group, unit_path=path, on=on, extent=extent, days=days,
            prepared_by_id=prepared_by or None, in_use=service.in_use(on),
        )  # fmt: skip
        if not matter.in_use:
            return None
        near = [*self._lines[code], *self._lines[service.group]]
        for line in resolving.who_may(near, matter):
            if line.employee_id is not None:
                return Decides(line.authority_id, line.employee_id, unit_id)
            place = self._rows[line.authority_id][0] or unit_id
            for employee_id in self.holders(place, line.role, on=on):
                if not line.four_eyes or (prepared_by and employee_id != prepared_by):
                    return Decides(line.authority_id, employee_id, place)
        return None

    def holders(self, unit_id: int, role: Role | None, *, on: date) -> list[int]:
        """Return who held a role in the unit that day, or in the nearest unit above where somebody did."""
        for number in reversed(ids_in(self.paths[unit_id])):
            found = [one for one, since in self.roles.get((number, role), ()) if since <= on] if role else []
            if found:
                return found
        return []

    def _document(self, reference: str, title: str, template: str, first: date, after: date | None) -> None:
        number = self.store.add(
            models.Delegation,
            reference=reference,
            title=title,
            delegated_by="Kommunedirektøren",
            template=template,
            valid_from=first,
            valid_to=after,
        )
        self._documents[reference] = (number, first, after)

    def _line(
        self,
        reference: str,
        code: str = "",
        role: Role | None = Role.TEAM_LEADER,
        *,
        group: str = "",
        employee: int = 0,
        unit: int = 0,
        within: int = 0,
        most: Decimal | None = None,
        days: int | None = None,
        four_eyes: bool = False,
    ) -> None:
        document, first, after = self._documents[reference]
        number = self.store.add(
            models.Authority,
            delegation_id=document,
            service_id=self.services[code].service_id if code else None,
            group=group,
            role=role.value if role else "",
            employee_id=employee or None,
            unit_id=unit or None,
            within_id=within or None,
            max_extent=most,
            max_days=days,
            four_eyes=four_eyes,
            valid_from=first,
            valid_to=after,
        )
        self._rows[number] = (unit or None, first)
        self._lines[code or group].append(
            resolving.Authority(
                authority_id=number,
                days=Days(first, after),
                document_days=Days(first, after),
                service=code,
                group=group,
                role=role,
                employee_id=employee or None,
                unit_path=self.paths[unit] if unit else None,
                within_path=self.paths[within] if within else "",
                max_extent=most,
                max_days=days,
                four_eyes=four_eyes,
            )
        )
