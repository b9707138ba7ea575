"""The background work of imports: the dry run, and writing in."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.exchange.files import dryrun, queries
from tillit.exchange.files.checking import Problem, Row
from tillit.exchange.files.loading import citizens, employees, services, shifts, units
from tillit.exchange.files.loading.outcome import Outcome
from tillit.exchange.files.models import ImportRun, ImportState
from tillit.exchange.files.permissions import IMPORT
from tillit.exchange.files.reading import UnreadableFile
from tillit.exchange.files.sheets import SHEETS
from tillit.foundation.access import audit, reading, sources
from tillit.foundation.access.actor import Actor, Scope, system
from tillit.foundation.access.models import User
from tillit.foundation.jobs.progress import Progress, kind
from tillit.foundation.workforce.actions import seed_competences
from tillit.kernel import clock, oslo

CHUNK = 500
MOST_PROBLEMS_KEPT = 2000


def actor_behind(user_id: int | None) -> Actor:
    """Return the person who asked for the work, as she is now; the system when a command did."""
    if user_id is None:
        return system("Innlesing")
    user = User.objects.get(pk=user_id)
    return sources.actor_for(user_id=user.pk, name=user.name, at=clock.now())


@kind("files.dry_run")
def dry_run(progress: Progress) -> dict[str, object]:
    """Read the files of a run and store what writing them would do."""
    run = ImportRun.objects.get(pk=int(str(progress.order["run"])))
    actor = actor_behind(progress.asked_by_id)
    files = [(file.name, bytes(file.content)) for file in run.files.order_by("pk")]
    with reading.door("files.dry_run", actor=actor):
        try:
            findings = dryrun.run(
                files,
                actor=actor,
                today=oslo.day_of(clock.now()),
                chosen=run.mapping,
                remembered=queries.remembered,
                step=progress.say,
            )
        except UnreadableFile as refusal:
            run.found = {"stops": True, "problems": [["", 0, "", refusal.text, True]], "sheets": {}}
            run.state = ImportState.READY
            run.save(update_fields=["found", "state"])
            return {}
        run.found = as_json(findings)
        run.mapping = findings.mapping
        run.state = ImportState.READY
        run.save(update_fields=["found", "mapping", "state"])
    return {}


def as_json(findings: dryrun.Findings) -> dict[str, object]:
    """Return what the page and the command show of a dry run. Long lists of problems are cut; the count is whole."""
    return {
        "stops": findings.stops,
        "headers": {table.name: list(table.header) for table in findings.tables},
        "sheets": {
            code: {**outcome.as_json(), "rows": findings.checked[code].total}
            for code, outcome in findings.outcomes.items()
        },
        "problem_count": len(findings.problems),
        "problems": [_problem(found) for found in _stopping_first(findings.problems)[:MOST_PROBLEMS_KEPT]],
    }


def _stopping_first(problems: Sequence[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda found: (not found.stops, _rank(found.sheet), found.row))


def _rank(sheet: str) -> int:
    return next((at for at, known in enumerate(SHEETS) if known.code == sheet), -1)


def _problem(found: Problem) -> list[object]:
    return [found.sheet, found.row, str(found.column), found.text, found.stops]


@kind("files.write")
def write(progress: Progress) -> dict[str, object]:
    """Write in what the dry run showed, in chunks of five hundred, each whole. Stopping keeps what is done."""
    run = ImportRun.objects.get(pk=int(str(progress.order["run"])))
    actor = actor_behind(progress.asked_by_id)
    files = [(file.name, bytes(file.content)) for file in run.files.order_by("pk")]
    today = oslo.day_of(clock.now())
    with reading.door("files.write", actor=actor):
        findings = dryrun.run(files, actor=actor, today=today, chosen=run.mapping, remembered=queries.remembered)
        written, stopped = write_rows(findings, actor=actor, progress=progress)
    run.written = {
        "sheets": {code: outcome.as_json() for code, outcome in written.items()},
        "stopped": stopped,
        "units": sorted({findings.known.citizen_keys[str(row.values["key"])] for row in findings.rows("citizens")}),
        "left_out": findings.stops,
    }
    run.state = ImportState.DONE
    run.save(update_fields=["written", "state"])
    run.files.update(content=b"")
    return {}


class Watched(Protocol):
    """Somebody who is told how far the writing is, and may want it to stop."""

    def say(self, done: int, total: int, text: str = "") -> None:
        """Hear how far it is."""

    def should_stop(self) -> bool:
        """Answer whether to stop at the next chance."""


class Silent:
    """Nobody watches: for tests."""

    def say(self, done: int, total: int, text: str = "") -> None:
        """Say nothing."""

    def should_stop(self) -> bool:
        """Never asked to stop."""
        return False


def write_rows(findings: dryrun.Findings, *, actor: Actor, progress: Watched) -> tuple[dict[str, Outcome], bool]:
    """Store the writable rows of all sheets, sheet by sheet. Returns the counts, and whether somebody stopped it.

    Each chunk is one transaction with its own audit entry. Rows with problems are left out. Visits of the next
    fourteen days are made for citizens whose services are new or changed.
    """
    known, today = findings.known, findings.known.today
    writers: dict[str, Callable[[Sequence[Row]], Outcome]] = {
        "units": lambda rows: units.write(rows, known, today=today),
        "employees": lambda rows: employees.write(rows, known, today=today),
        "shifts": lambda rows: shifts.write(rows, known, today=today),
        "citizens": lambda rows: citizens.write(rows, known, today=today),
        "services": lambda rows: services.write(rows, known, today=today, at=clock.now()),
    }
    seed_competences(system("Innlesing"), clock.now())
    total = sum(len(findings.rows(code)) for code in writers) or 1
    done = 0
    written: dict[str, Outcome] = {}
    for sheet in SHEETS:
        rows = findings.rows(sheet.code)
        for chunk in _chunks(rows, sheet.code):
            if progress.should_stop():
                return written, True
            with transaction.atomic():
                outcome = writers[sheet.code](chunk)
                audit.record(
                    actor,
                    IMPORT,
                    f"sheet:{sheet.code}",
                    Scope(actor.paths_for(IMPORT.roles) or ("",)),
                    at=clock.now(),
                    change=outcome.as_json(),
                )
            written.setdefault(sheet.code, Outcome()).add(outcome)
            done += len(chunk)
            progress.say(done, total, _("Skriver inn %(sheet)s") % {"sheet": sheet.name})
    return written, False


def _chunks(rows: Sequence[Row], sheet: str) -> Iterator[Sequence[Row]]:
    """Yield about five hundred rows at a time. Rows of one person or one citizen stay together; units go at once."""
    if sheet == "units":
        if rows:
            yield rows
        return
    key = {**dryrun.IN_ONE_PIECE, "shifts": "number"}.get(sheet)
    ordered = sorted(rows, key=lambda row: str(row.values[key])) if key else list(rows)
    start = 0
    while start < len(ordered):
        end = min(start + CHUNK, len(ordered))
        while key and end < len(ordered) and ordered[end].values[key] == ordered[end - 1].values[key]:
            end += 1
        yield ordered[start:end]
        start = end
