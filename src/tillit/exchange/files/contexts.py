"""What the import's pages show."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.exchange.files.models import ImportRun, ImportState
from tillit.exchange.files.permissions import EXPORT_CITIZENS, IMPORT
from tillit.exchange.files.queries import list_runs
from tillit.exchange.files.sheets import BY_CODE, SHEETS
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds_anywhere
from tillit.foundation.access.roles import IN_THE_TEAM, Role
from tillit.foundation.jobs.models import JobState
from tillit.foundation.organisation.models import Unit
from tillit.ui.formats import date_and_time, number
from tillit.ui.language import page_language
from tillit.ui.parts.basics import Action, Tag
from tillit.ui.parts.messages import Progress
from tillit.ui.parts.tables import Column, DataTable, TableRow

MOST_SHOWN = 200
MOST_NEXT_STEPS = 4


@dataclass(frozen=True, slots=True)
class SheetHelp:
    """One sheet, explained."""

    name: str
    purpose: str
    columns: DataTable


@dataclass(frozen=True, slots=True)
class IndexPage:
    """files/index.html: begin an import, fetch templates, export."""

    error: str = field(metadata={"help": "Why the file was not taken; empty otherwise"})
    sheets: tuple[SheetHelp, ...]
    runs: DataTable | None = field(metadata={"help": "None before the first import"})
    may_import: bool
    may_export_citizens: bool
    is_administrator: bool


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One of our columns, and the headers of the file to choose between."""

    code: str
    header: str
    required: bool
    chosen: str


@dataclass(frozen=True, slots=True)
class TableMapping:
    """One table of the file: which sheet it is, and its columns."""

    table: str
    sheet: str
    sheet_name: str
    headers: tuple[str, ...]
    columns: tuple[ColumnChoice, ...]
    sheets: tuple[tuple[str, str], ...]
    unused: tuple[str, ...]
    needs_choice: bool


@dataclass(frozen=True, slots=True)
class RunPage:
    """files/run.html: one import, from reading to written."""

    run_id: int
    heading: str
    lead: str
    tone: str = field(metadata={"help": "'' | 'success' | 'danger': of the headline"})
    state: str
    file_names: tuple[str, ...]
    progress: Progress | None
    counts: DataTable | None
    problems: DataTable | None
    problems_left_out: str
    mappings: tuple[TableMapping, ...]
    may_write: bool
    write_label: str
    next_steps: tuple[Action, ...] = field(metadata={"help": "Where to go when it is done"})


def index_page(*, actor: Actor, error: str = "") -> IndexPage:
    """Return the page where an import begins."""
    return IndexPage(
        error=error,
        sheets=tuple(
            SheetHelp(
                str(sheet.name),
                str(sheet.purpose),
                DataTable(
                    caption=_("Kolonnene i arket %(name)s") % {"name": sheet.name},
                    columns=(Column(_("Kolonne")), Column(_("Må fylles ut")), Column(_("Forklaring"))),
                    rows=tuple(
                        TableRow(
                            (
                                str(column.header),
                                _("Ja") if column.required else _("Nei"),
                                str(column.explanation) or ", ".join(column.choices),
                            )
                        )
                        for column in sheet.columns
                    ),
                ),
            )
            for sheet in SHEETS
        ),
        runs=_runs(actor),
        may_import=holds_anywhere(actor, IMPORT),
        may_export_citizens=holds_anywhere(actor, EXPORT_CITIZENS),
        is_administrator=any(grant.role is Role.ADMINISTRATOR for grant in actor.grants),
    )


def _runs(actor: Actor) -> DataTable | None:
    runs = list_runs(actor=actor)
    if not runs:
        return None
    return DataTable(
        caption=_("Tidligere innlesinger"),
        columns=(Column(_("Når")), Column(_("Filer")), Column(_("Hvem")), Column(_("Hvor langt"))),
        rows=tuple(
            TableRow(
                (
                    date_and_time(run.at, page_language()),
                    ", ".join(file.name for file in run.files.all()),
                    run.by.name if run.by else _("Kommandolinja"),
                    run.get_state_display(),
                ),
                href=reverse("files:run", args=[run.pk]),
            )
            for run in runs
        ),
    )


def run_page(*, run: ImportRun, actor: Actor) -> RunPage:
    """Return what is known of one import."""
    found, written = run.found, run.written
    job = run.job
    failed = job is not None and job.state == JobState.FAILED
    busy = run.state in {ImportState.CHECKING, ImportState.WRITING} and not failed
    heading, lead, tone = _headline(run, failed)
    return RunPage(
        run_id=run.pk,
        heading=heading,
        lead=lead,
        tone=tone,
        state=run.state,
        file_names=tuple(run.files.order_by("pk").values_list("name", flat=True)),
        progress=_progress(run) if busy else None,
        counts=_counts(written.get("sheets") or found.get("sheets") or {}, bool(written)),
        problems=_problems(found.get("problems", [])) if run.state == ImportState.READY else None,
        problems_left_out=_left_out(found) if run.state == ImportState.READY else "",
        mappings=_mappings(run) if run.state == ImportState.READY else (),
        may_write=run.state == ImportState.READY and not found.get("stops") and bool(_changes(found)),
        write_label=_write_label(_changes(found)),
        next_steps=_next_steps(run, actor) if run.state == ImportState.DONE else (),
    )


def _next_steps(run: ImportRun, actor: Actor) -> tuple[Action, ...]:
    """The work lists of the teams that were read in, for those who reach them; the organisation for the others."""
    paths = actor.paths_for(IN_THE_TEAM)
    teams = Unit.objects.filter(code__in=run.written.get("units", [])).order_by("name")
    steps = [
        Action(
            _("Lag arbeidslistene til %(team)s") % {"team": team.name},
            reverse("planning:current", args=[team.pk]),
            variant="secondary" if number else "primary",
        )
        for number, team in enumerate(team for team in teams if team.path.startswith(paths))
    ]
    return tuple(steps[:MOST_NEXT_STEPS]) or (Action(_("Se organisasjonen"), reverse("organisation:index")),)


def _changes(found: dict[str, object]) -> int:
    sheets = found.get("sheets") or {}
    assert isinstance(sheets, dict)
    return sum(counts["created"] + counts["changed"] for counts in sheets.values())


def _write_label(changes: int) -> str:
    return ngettext("Skriv inn %(count)s endring", "Skriv inn %(count)s endringer", changes) % {
        "count": number(changes)
    }


def _headline(run: ImportRun, failed: bool) -> tuple[str, str, str]:
    found = run.found
    if failed:
        return (
            _("Innlesingen stanset av en feil hos oss"),
            _("Det som var skrevet inn, står. Les inn fila på nytt: det som er likt, blir ikke endret."),
            "danger",
        )
    if run.state == ImportState.CHECKING:
        return _("Vi leser fila"), _("Ingenting er skrevet inn. Du kan gå fra siden."), ""
    if run.state == ImportState.WRITING:
        return _("Vi skriver inn"), _("Du kan gå fra siden. Stopper du, beholdes det som er skrevet."), ""
    if run.state == ImportState.DROPPED:
        return _("Innlesingen er lagt bort"), _("Ingenting ble skrevet inn. Filene er slettet her."), ""
    if run.state == ImportState.DONE:
        if run.written.get("stopped"):
            return (
                _("Innlesingen ble stoppet underveis"),
                _("Det som rakk å bli skrevet, står. Les inn fila på nytt for å ta resten."),
                "",
            )
        return _("Alt er skrevet inn"), _("Filene er slettet her. Besøkene for de neste 14 dagene er laget."), "success"
    stopping = sum(1 for problem in found.get("problems", []) if problem[4])
    if found.get("stops"):
        return (
            ngettext(
                "%(count)s feil må rettes før vi kan skrive inn",
                "%(count)s feil må rettes før vi kan skrive inn",
                stopping,
            )
            % {"count": number(stopping)},
            _("Ingenting er skrevet inn. Rett opp i regnearket og last opp på nytt, eller velg andre kolonner under."),
            "danger",
        )
    if not _changes(found):
        return _("Alt i fila er her fra før"), _("Det er ingenting å skrive inn."), "success"
    return (
        _("Klart til å skrives inn"),
        _("Ingenting er skrevet ennå. Se over tallene, og skriv inn når de stemmer."),
        "",
    )


def _progress(run: ImportRun) -> Progress:
    job = run.job
    done, total = (job.done, job.total or 1) if job else (0, 1)
    writing = run.state == ImportState.WRITING
    return Progress(
        heading=_("Skriver inn") if writing else _("Leser og sammenligner"),
        value=done,
        maximum=total,
        shown=f"{round(100 * done / total)} %",
        text=job.said if job else "",
        stop=Action(
            _("Stopp og behold det som er skrevet") if writing else _("Stopp"),
            reverse("files:drop", args=[run.pk]),
            post=True,
        ),
        poll_href=reverse("files:progress", args=[run.pk]),
    )


def _counts(sheets: dict[str, dict[str, int]], written: bool) -> DataTable | None:
    if not sheets:
        return None
    return DataTable(
        caption=_("Dette ble skrevet inn") if written else _("Dette blir skrevet inn"),
        columns=(
            Column(_("Ark")),
            Column(_("Nye"), right=True),
            Column(_("Endret"), right=True),
            Column(_("Som før"), right=True),
        ),
        rows=tuple(
            TableRow(
                (
                    _kind_counted(code, counts),
                    number(counts["created"]),
                    number(counts["changed"]),
                    number(counts["unchanged"]),
                )
            )
            for code, counts in sheets.items()
        ),
    )


def _kind_counted(code: str, counts: dict[str, int]) -> str:
    """What is counted: people and plans, which may have several rows each."""
    if code == "services":
        return _("Tiltaksplaner, fra arket Tjenester")
    return str(BY_CODE[code].name)


def _problems(problems: list[list[object]]) -> DataTable | None:
    """What is wrong, the same words said once for all the rows they are true of, what stops first."""
    if not problems:
        return None
    gathered: dict[tuple[str, str, str, bool], list[int]] = {}
    for sheet, row, column, text, stops in problems:
        gathered.setdefault((str(sheet), str(column), str(text), bool(stops)), []).append(int(str(row)))
    return DataTable(
        caption=_("Hva som må ses på"),
        columns=(Column(_("Hvor")), Column(_("Kolonne")), Column(_("Hva er galt")), Column(_("Følge"))),
        rows=tuple(
            TableRow(
                (
                    _where(sheet, rows),
                    column or "–",
                    text,
                    Tag(_("Stopper"), "danger", "XMarkOctagonFill")
                    if stops
                    else Tag(_("Skrives inn likevel"), "neutral"),
                )
            )
            for (sheet, column, text, stops), rows in list(gathered.items())[:MOST_SHOWN]
        ),
    )


def row_spans(rows: list[int], most: int = 4) -> str:
    """Return row numbers as people write them: «2–5, 7 og 12», cut after `most` spans with «…»."""
    spans: list[tuple[int, int]] = []
    for row in sorted(set(rows)):
        if spans and row == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], row)
        else:
            spans.append((row, row))
    words = [str(first) if first == last else f"{first}–{last}" for first, last in spans]
    return ", ".join(words[:most]) + (" …" if len(words) > most else "")


def _where(sheet: str, rows: list[int]) -> str:
    name = str(BY_CODE[sheet].name) if sheet in BY_CODE else _("Fila")
    numbered = [row for row in rows if row]
    return _("%(sheet)s, rad %(rows)s") % {"sheet": name, "rows": row_spans(numbered)} if numbered else name


def _left_out(found: dict[str, object]) -> str:
    more = int(str(found.get("problem_count", 0))) - MOST_SHOWN
    return _("Og %(count)s til. Rett disse først.") % {"count": number(more)} if more > 0 else ""


def _mappings(run: ImportRun) -> tuple[TableMapping, ...]:
    headers = run.found.get("headers", {})
    found = []
    for table, decided in run.mapping.items():
        sheet = BY_CODE.get(decided["sheet"])
        columns = decided["columns"]
        used = set(columns.values())
        found.append(
            TableMapping(
                table=table,
                sheet=decided["sheet"],
                sheet_name=str(sheet.name) if sheet else "",
                headers=tuple(name for name in headers.get(table, []) if name),
                columns=tuple(
                    ColumnChoice(column.code, str(column.header), column.required, columns.get(column.code, ""))
                    for column in sheet.columns
                )
                if sheet
                else (),
                sheets=tuple((known.code, str(known.name)) for known in SHEETS),
                unused=tuple(name for name in headers.get(table, []) if name and name not in used),
                needs_choice=sheet is None
                or any(column.required and not columns.get(column.code) for column in sheet.columns),
            )
        )
    return tuple(found)
