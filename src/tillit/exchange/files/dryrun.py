"""From uploaded files to what an import would do: tables, mapping, problems, counts. Writes nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.exchange.files import checking, matching, reading
from tillit.exchange.files.checking import Checked, Problem, Row
from tillit.exchange.files.columns import plain
from tillit.exchange.files.loading import citizens, employees, services, shifts, units
from tillit.exchange.files.loading.outcome import Outcome
from tillit.exchange.files.loading.reach import Known, gather
from tillit.exchange.files.reading import Table
from tillit.exchange.files.sheets import BY_CODE, SHEETS, Sheet
from tillit.foundation.access.actor import Actor

COMPARERS: Mapping[str, Callable[[Sequence[Row], Known], Outcome]] = {
    "units": units.compare,
    "employees": employees.compare,
    "shifts": shifts.compare,
    "citizens": citizens.compare,
    "services": services.compare,
}
#: Sheets where several rows are about one person or citizen and are written together, and the column that says who.
IN_ONE_PIECE = {"employees": "number", "services": "key"}
#: table name → {"sheet": code or "", "columns": {our code: header text}}
Mapping_ = dict[str, dict[str, object]]


@dataclass(slots=True)
class Findings:
    """What a dry run found, sheet by sheet."""

    known: Known
    checked: dict[str, Checked] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    mapping: Mapping_ = field(default_factory=dict)

    @property
    def stops(self) -> bool:
        """Whether something must be mended before anything can be written."""
        return any(problem.stops for problem in self.problems)

    def rows(self, sheet: str) -> tuple[Row, ...]:
        """Return the rows of a sheet that can be written. Half a position or plan is another one: it is left out."""
        bad = {problem.row for problem in self.problems if problem.sheet == sheet and problem.stops}
        found = self.checked.get(sheet)
        if found is None:
            return ()
        if sheet not in IN_ONE_PIECE:
            return tuple(row for row in found.rows if row.number not in bad)
        key = IN_ONE_PIECE[sheet]
        broken = found.unread | {str(row.values[key]) for row in found.rows if row.number in bad}
        return tuple(row for row in found.rows if str(row.values[key]) not in broken)


def run(
    files: Sequence[tuple[str, bytes]],
    *,
    actor: Actor,
    today: date,
    chosen: Mapping_,
    remembered: Callable[[Sheet, Table], Mapping[str, str]],
    step: Callable[[int, int, str], None] = lambda done, total, text: None,
) -> Findings:
    """Read, map, check and compare all files.

    files: (file name, content). chosen: what the person decided for tables of this run. remembered: what was decided
    for such a header before. step: told how far it is. Raises reading.UnreadableFile for a file that cannot be opened.
    """
    guide = {plain(name) for name in matching.in_every_language(gettext_lazy("Les meg"))}  # the template's own page
    tables = [
        table for name, content in files for table in reading.read(name, content) if plain(table.name) not in guide
    ]
    step(1, 4, _("Leser fila"))
    checked, mapping, problems = _check(tables, chosen, remembered)
    step(2, 4, _("Sjekker radene"))
    known = gather(
        actor,
        today,
        {code: found.rows for code, found in checked.items()},
        {code: found.named for code, found in checked.items()},
    )
    findings = Findings(known, checked, tables=tables, mapping=mapping, problems=problems)
    for number, sheet in enumerate(SHEETS):
        if sheet.code not in checked:
            continue
        outcome = COMPARERS[sheet.code](checked[sheet.code].rows, known)
        findings.outcomes[sheet.code] = outcome
        findings.problems += outcome.problems
        step(3 * len(SHEETS) + number, 4 * len(SHEETS), _("Sammenligner med det som er her fra før"))
    return findings


def _check(
    tables: Sequence[Table], chosen: Mapping_, remembered: Callable[[Sheet, Table], Mapping[str, str]]
) -> tuple[dict[str, Checked], Mapping_, list[Problem]]:
    checked: dict[str, Checked] = {}
    mapping: Mapping_ = {}
    problems: list[Problem] = []
    for table in tables:
        decided = chosen.get(table.name, {})
        sheet = BY_CODE.get(str(decided["sheet"])) if "sheet" in decided else matching.sheet_of(table)
        if sheet is None or sheet.code in checked:
            mapping[table.name] = {"sheet": "", "columns": {}}
            continue
        columns = decided.get("columns")
        overruled = columns if isinstance(columns, dict) else remembered(sheet, table)
        found = matching.with_remembered(table.header, sheet, overruled)
        mapping[table.name] = {
            "sheet": sheet.code,
            "columns": {code: table.header[at] for code, at in found.items()},
        }
        checked[sheet.code] = checking.check(table, sheet, found)
        problems += checked[sheet.code].problems
    if not checked:
        problems.append(
            Problem("", 0, "", _("Vi kjenner ikke igjen noe ark. Velg selv hva hvert ark er, eller bruk malene."))
        )
    return checked, mapping, problems
