"""The proposal under the board: changes with reasons, before and after, the map, what stays uncovered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.teamwork.planning import words
from tillit.teamwork.planning.contexts.places import Where, mark_of, where_of
from tillit.teamwork.planning.queries import ChangeLine, ProposalView, TeamDay
from tillit.teamwork.planning.rules import changes as change_rules
from tillit.teamwork.planning.rules import numbers
from tillit.teamwork.planning.rules.day import Day, Row
from tillit.teamwork.planning.rules.grouping import ChangeKind
from tillit.teamwork.planning.words import Names
from tillit.ui import formats
from tillit.ui.parts import (
    Action,
    Arrow,
    Column,
    DataTable,
    Delta,
    Key,
    KeyItem,
    Map,
    MapRoute,
    MapStop,
    Progress,
    Proposal,
    ProposalList,
    Reason,
    TableRow,
)
from tillit.ui.parts.part import Part

MOST_ROUTES = 4
MOST_REASONS = 5
"""Of each sign: what speaks against is never crowded out."""
MOST_SMALL = 30
"""Of a change that is only small moves: each is one short line."""
MOST_NAMED = 4
"""Visits named in a chain of moves."""
_WORST_FIRST = ("LEFT_OUT", "RATHER_NOT", "OVERTIME", "TOO_LATE", "TOO_EARLY", "NEVER_THERE")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A visit the proposal does not cover: why, and what people could do."""

    title: str
    href: str
    reasons: tuple[str, ...]
    ways_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProposalPanel:
    """What the engine proposes, or how far it has come."""

    state: Literal["working", "open", "settled", "failed", "outdated"]
    heading: str
    progress: Progress | None
    changes: ProposalList | None
    accept_all_href: str
    edition: int
    undecided: int
    table: DataTable | None
    map: Map | None
    map_key: Key | None
    left_out: tuple[LeftOut, ...]
    foot: str
    outdated: bool = field(metadata={"help": "True: some of the changes no longer fit the lists"})
    travel_notes: tuple[str, ...] = ()
    """Why travel times are estimates though they should be by road."""


def proposal_panel(
    team_day: TeamDay, names: Names, proposal: ProposalView, *, may_allocate: bool
) -> ProposalPanel | None:
    """Return the panel; None for a proposal that was replaced."""
    where = where_of(team_day)
    if proposal.state == "OUTDATED":
        return None
    if proposal.is_working:
        return _bare("working", _("Planleggeren regner"), progress=progress_part(proposal, where, may_allocate))
    if proposal.has_failed:
        return _bare("failed", _("Planleggeren fant ikke noe forslag"))
    undecided = [change for change in proposal.changes if change.accepted is None]
    if proposal.changes and not undecided and not proposal.uncovered:
        return None
    fits = [change for change in undecided if _fits(team_day.day, change)]
    edition = team_day.head.edition
    drawn = tuple(
        _proposal(team_day, names, change, where, proposal, may_allocate=may_allocate, open_=number == 0)
        for number, change in enumerate(fits)
    )
    map_, key = _map(team_day, fits)
    counted = _counted(team_day.day, fits)
    return ProposalPanel(
        state="open" if undecided else "settled",
        heading=_heading(proposal, fits, counted, decided=not undecided),
        progress=None,
        changes=ProposalList(drawn) if drawn else None,
        accept_all_href=where.href("accept-all", proposal.proposal_id)
        if may_allocate and len(fits) == len(undecided) and len(fits) > 1
        else "",
        edition=edition,
        undecided=len(fits),
        table=_table(counted) if fits else None,
        map=map_,
        map_key=key,
        left_out=tuple(_left_out(each, team_day, names, where) for each in proposal.uncovered),
        foot=_foot(proposal),
        outdated=len(fits) < len(undecided),
        travel_notes=tuple(words.travel_fault(code) for code in proposal.result.get("travel_faults", ())),
    )


def progress_part(proposal: ProposalView, where: Where, may_allocate: bool) -> Progress:
    """How far the search has come; htmx asks again every two seconds."""
    share = proposal.done * 100 // (proposal.total or 100)
    return Progress(
        heading=_("Planleggeren ser etter endringer") if proposal.keep_present else _("Planleggeren regner på listene"),
        value=share,
        maximum=100,
        shown=formats.percent(share / 100, language=words.language()),
        text=_("Du kan gå videre imens. Forslaget står her når det er klart."),
        stop=Action(
            _("Stopp og bruk det beste så langt"), where.href("stop", proposal.proposal_id), post=True, icon="Stop"
        )
        if may_allocate
        else None,
        poll_href=where.href("progress", proposal.proposal_id),
        id="proposal-progress",
        every="500ms" if proposal.keep_present else "2s",
    )


def _bare(state: Literal["working", "failed"], heading: str, *, progress: Progress | None = None) -> ProposalPanel:
    return ProposalPanel(
        state=state,
        heading=heading,
        progress=progress,
        changes=None,
        accept_all_href="",
        edition=0,
        undecided=0,
        table=None,
        map=None,
        map_key=None,
        left_out=(),
        foot="",
        outdated=False,
    )


def _fits(day: Day, change: ChangeLine) -> bool:
    """Whether the rows the change was made for still stand on the lists."""
    for visit_id in {row.visit_id for row in (*change.before, *change.after)}:
        was = tuple(row for row in change.before if row.visit_id == visit_id)
        if visit_id not in day.call_by_id:
            return False
        if change_rules.touched(was, day.rows_of_visit.get(visit_id, ())):
            return False
    return True


def _counted(day: Day, fits: Sequence[ChangeLine]) -> dict[str, dict[str, int]]:
    """The lists as they are now, and with the changes that are left to decide."""
    rows = day.rows
    for change in fits:
        rows = change_rules.replaced(rows, {row.visit_id for row in (*change.before, *change.after)}, change.after)
    return {"before": numbers.count(day).as_dict(), "after": numbers.count(day.with_rows(rows)).as_dict()}


def _heading(
    proposal: ProposalView, fits: Sequence[ChangeLine], counted: Mapping[str, Mapping[str, int]], *, decided: bool
) -> str:
    before, after = counted["before"], counted["after"]
    if not proposal.changes:
        return _("Planleggeren fant ikke noe bedre enn listene som de er")
    if decided:
        return _("Forslaget er avgjort")
    if not fits:
        return _("Forslaget passer ikke lenger til listene")
    changed = ngettext("%(count)d endring", "%(count)d endringer", len(fits)) % {"count": len(fits)}
    covered = before["uncovered"] - after["uncovered"]
    if covered > 0 and not after["uncovered"]:
        said = ngettext(
            "Forslag: %(changed)s dekker besøket som mangler noen",
            "Forslag: %(changed)s dekker alle %(count)d besøk som mangler noen",
            covered,
        )
        return said % {"changed": changed, "count": covered}
    if covered > 0:
        return _("Forslag: %(changed)s dekker %(count)d besøk, %(left)d står igjen") % {
            "changed": changed,
            "count": covered,
            "left": after["uncovered"],
        }
    return _("Forslag: %(changed)s") % {"changed": changed}


def _foot(proposal: ProposalView) -> str:
    seconds = formats.number(proposal.seconds or 0.0, 1, words.language())
    stopped = proposal.result.get("ended") == "cancelled"
    said = {"seconds": seconds, "what": words.preset_name(proposal.preset)}
    if counted := words.counting(proposal.result.get("counts", {})):
        said["what"] = f"{said['what']}. {counted.removesuffix('.')}"
    if stopped:
        return _("Stoppet etter %(seconds)s sekunder, med det beste så langt. %(what)s.") % said
    return _("Regnet på %(seconds)s sekunder. %(what)s.") % said


def _proposal(
    team_day: TeamDay,
    names: Names,
    change: ChangeLine,
    where: Where,
    proposal: ProposalView,
    *,
    may_allocate: bool,
    open_: bool,
) -> Proposal:
    stored = list(change.reasons.get("reasons", ()))
    reasons = _reasons(stored, names, MOST_SMALL if change.kind == ChangeKind.SMALL_MOVES else MOST_REASONS)
    title = _plain_move(change, team_day, names)
    edition = str(team_day.head.edition)
    best, second_action = _second(change, team_day, names, where)
    return Proposal(
        move=_move(change, team_day, names),
        why=_why(stored, names, change, team_day),
        reasons=reasons,
        accept=Action(
            _("Godta"),
            where.href("accept", proposal.proposal_id, change.change_id),
            post=True,
            fields={"edition": edition},
            icon="Checkmark",
            tight=True,
            describe=title,
        )
        if may_allocate
        else None,
        reject=Action(
            _("Avvis"),
            where.href("reject", proposal.proposal_id, change.change_id),
            post=True,
            variant="tertiary",
            tight=True,
            describe=title,
        )
        if may_allocate
        else None,
        second_best=best,
        second_action=second_action if may_allocate else None,
        open=open_,
    )


def _reasons(stored: Sequence[Mapping[str, Any]], names: Names, most: int) -> tuple[Reason, ...]:
    """The first few for, and the worst few against, each said once."""

    def badness(each: Mapping[str, Any]) -> int:
        code = str(each["code"])
        return _WORST_FIRST.index(code) if code in _WORST_FIRST else len(_WORST_FIRST)

    plus = dict.fromkeys(words.reason(each, names) for each in stored if each["sign"] == "+")
    minus = dict.fromkeys(words.reason(each, names) for each in sorted(stored, key=badness) if each["sign"] != "+")
    return (
        *(Reason(text, "plus") for text in list(plus)[:most]),
        *(Reason(text, "minus") for text in list(minus)[:most]),
    )


def _most_telling(change: ChangeLine) -> tuple[list[int], int]:
    """The visits a change names, and how many more: newly covered, left out, given to others, moved, in that order."""

    def rank(visit_id: int) -> tuple[int, int]:
        old = {row.employee_id for row in change.before if row.visit_id == visit_id}
        new = {row.employee_id for row in change.after if row.visit_id == visit_id}
        kind = 0 if len(new) > len(old) else 1 if len(new) < len(old) else 2 if new != old else 3
        return kind, visit_id

    every = sorted({row.visit_id for row in (*change.before, *change.after)}, key=rank)
    return every[:MOST_NAMED], max(0, len(every) - MOST_NAMED)


def _at(rows: Sequence[Row]) -> str:
    return words.clock(rows[0].starts_at) if rows else ""


def _move(change: ChangeLine, team_day: TeamDay, names: Names) -> tuple[str | Part, ...]:
    day = team_day.day
    if change.kind == ChangeKind.ROUND:
        worker = day.worker_by_id.get(change.after[0].employee_id)
        count = ngettext("%(count)d besøk", "%(count)d besøk", len(change.after)) % {"count": len(change.after)}
        return (count, Arrow(), mark_of(worker).small(), worker.name) if worker else (count,)
    if change.kind == ChangeKind.SMALL_MOVES:
        moved = len({row.visit_id for row in change.after})
        return (
            ngettext("%(count)d besøk flyttes inntil 10 minutter", "%(count)d besøk flyttes inntil 10 minutter", moved)
            % {"count": moved},
        )
    pieces: list[str | Part] = []
    named, more = _most_telling(change)
    for visit_id in named:
        before = [row for row in change.before if row.visit_id == visit_id]
        after = [row for row in change.after if row.visit_id == visit_id]
        old, new = {row.employee_id for row in before}, {row.employee_id for row in after}
        if pieces:
            pieces.append("·")
        pieces.append(_("%(who)s kl. %(time)s") % {"who": names.visit(visit_id), "time": _at(after or before)})
        if not after:
            pieces += [Arrow(), _("uten utfører")]
        elif new - old:
            pieces.append(Arrow())
            for employee_id in sorted(new - old):
                worker = day.worker_by_id[employee_id]
                pieces += [mark_of(worker).small(), worker.name]
        else:
            pieces.append(_("(før kl. %(time)s)") % {"time": _at(before)})
    if more:
        pieces.append(
            ngettext("og %(count)d besøk til flyttes", "og %(count)d besøk til flyttes", more) % {"count": more}
        )
    return tuple(pieces)


def _plain_move(change: ChangeLine, team_day: TeamDay, names: Names) -> str:
    return " ".join(piece for piece in _move(change, team_day, names) if isinstance(piece, str))


def _why(stored: Sequence[Mapping[str, Any]], names: Names, change: ChangeLine, team_day: TeamDay) -> str:
    """One sentence: the two best reasons for, or what it costs when there is none."""
    best = [words.reason(each, names) for each in stored if each["sign"] == "+"]
    order = list(dict.fromkeys(best))[:2]
    if not order and change.kind == ChangeKind.COVER:
        return _("Da får besøket noen som drar.")
    if not order:
        return _("Gjør plass til andre besøk.")
    return ". ".join(order) + "."


def _second(change: ChangeLine, team_day: TeamDay, names: Names, where: Where) -> tuple[str, Action | None]:
    stored = change.reasons.get("next_best")
    if not stored:
        return "", None
    employee_id, visit_id = int(stored["employee_id"]), int(stored["visit_id"])
    worker = team_day.day.worker_by_id.get(employee_id)
    if worker is None or visit_id not in team_day.day.call_by_id:
        return "", None
    said = _("%(who)s kl. %(time)s.") % {"who": worker.name, "time": words.clock(stored["starts_at"])}
    against = [words.against(code, names, minutes_=length) for code, length in stored["against"]]
    if against:
        said = f"{said} {'. '.join(against)}."
    present = team_day.day.rows_of_visit.get(visit_id, ())
    action = Action(
        _("Velg %(who)s") % {"who": worker.given_name},
        where.href("give", visit_id),
        post=True,
        fields={
            "edition": str(team_day.head.edition),
            "from": str(present[0].employee_id if present else 0),
            "to": str(employee_id),
            "start": words.datetime_field(stored["starts_at"]),
        },
        variant="tertiary",
        tight=True,
    )
    return said, action


def _table(counted: Mapping[str, Mapping[str, int]]) -> DataTable:
    before, after = counted["before"], counted["after"]
    language = words.language()
    rows: list[TableRow] = []
    was_listed = bool(before["rows"])  # with nothing on the lists only «uten utfører» can be compared

    def line(name: str, was: str, becomes: str, difference: float, said: str, *, more_is_better: bool) -> None:
        if not was_listed and rows:
            delta: Delta | str = "–"
        elif not difference:
            delta = Delta(_("likt"))
        else:
            better = (difference > 0) == more_is_better
            delta = Delta(said, "better" if better else "worse", "up" if difference > 0 else "down")
        rows.append(TableRow((name, was, becomes, delta)))

    def number(name: str, key: str, *, more_is_better: bool = False) -> None:
        difference = after[key] - before[key]
        said = (
            _("%(count)d flere") % {"count": difference}
            if difference > 0
            else _("%(count)d færre") % {"count": -difference}
        )
        line(name, str(before[key]), str(after[key]), difference, said, more_is_better=more_is_better)

    def length(name: str, key: str) -> None:
        difference = after[key] - before[key]
        said = (_("%(time)s lengre") if difference > 0 else _("%(time)s kortere")) % {
            "time": words.minutes(abs(difference))
        }
        line(name, words.minutes(before[key]), words.minutes(after[key]), difference, said, more_is_better=False)

    def part(name: str, key: str, whole: str, *, percent: bool) -> None:
        def shown(side: Mapping[str, int]) -> str:
            if percent:
                return formats.percent(side[key] / side[whole], language=language) if side[whole] else "–"
            return _("%(part)d av %(whole)d") % {"part": side[key], "whole": side[whole]}

        difference = after[key] - before[key]
        said = (
            ngettext("%(count)d besøk flere", "%(count)d besøk flere", difference)
            if difference > 0
            else ngettext("%(count)d besøk færre", "%(count)d besøk færre", -difference)
        ) % {"count": abs(difference)}
        line(name, shown(before), shown(after), difference, said, more_is_better=True)

    number(_("Uten utfører"), "uncovered")
    part(_("Besøk av en de kjenner"), "known", "rows", percent=True)
    part(_("Primærkontakten drar"), "with_primary", "primary_at_work", percent=False)
    faces = [each["faces"] / each["citizens"] if each["citizens"] else 0.0 for each in (before, after)]
    difference = round(faces[1] - faces[0], 2)
    line(
        _("Ulike hjelpere per bruker"),
        formats.number(faces[0], 2, language) if before["citizens"] else "–",
        formats.number(faces[1], 2, language),
        difference if before["citizens"] else 0,
        (_("%(number)s flere") if difference > 0 else _("%(number)s færre"))
        % {"number": formats.number(abs(difference), 2, language)},
        more_is_better=False,
    )
    length(_("Kjøretid"), "travel_minutes")
    number(_("Utenfor ønsket tid"), "off_wish")
    length(_("Overtid"), "overtime_minutes")
    return DataTable(
        caption=_("Hva endrer forslaget?"),
        columns=(
            Column(_("Dagen under ett")),
            Column(_("Nå"), right=True),
            Column(_("Forslag"), right=True),
            Column(_("Forskjell")),
        ),
        rows=tuple(rows),
    )


def _map(team_day: TeamDay, pending: Sequence[ChangeLine]) -> tuple[Map | None, Key | None]:
    """The routes of those whose lists would change the most, at most MOST_ROUTES, with the proposal in."""
    day = team_day.day
    touched: dict[int, int] = {}
    new: set[tuple[int, int]] = set()
    rows = day.rows
    for change in pending:
        before = {(row.visit_id, row.employee_id) for row in change.before}
        for row in change.after:
            if (row.visit_id, row.employee_id) not in before:
                touched[row.employee_id] = touched.get(row.employee_id, 0) + 1
                new.add((row.visit_id, row.employee_id))
        rows = change_rules.replaced(rows, {row.visit_id for row in (*change.before, *change.after)}, change.after)
    shown = [
        employee_id
        for employee_id, _count in sorted(touched.items(), key=lambda each: (-each[1], each[0]))
        if employee_id in day.worker_by_id
    ][:MOST_ROUTES]
    if not shown:
        return None, None
    after = day.with_rows(rows)
    stops: list[MapStop] = []
    routes: list[MapRoute] = []
    table: list[TableRow] = []
    seen: set[int] = set()
    for employee_id in shown:
        worker = day.worker_by_id[employee_id]
        points = [worker.start_place]
        for number, row in enumerate(after.rows_of_worker.get(employee_id, ()), start=1):
            call = after.call_by_id[row.visit_id]
            brief = team_day.briefs.get(call.citizen_id)
            name = brief.family_name if brief else ""
            table.append(TableRow((worker.name, str(number), name, words.clock(row.starts_at))))
            seen.add(row.visit_id)
            if call.place is None:
                continue
            points.append(call.place)
            title = f"{name}, {words.clock(row.starts_at)}, {worker.name}"
            is_new = (row.visit_id, employee_id) in new
            stops.append(
                MapStop(call.place, str(number), title, worker.colour, is_new, name if is_new and len(new) <= 6 else "")
            )
        points.append(worker.start_place)
        routes.append(MapRoute(worker.name, tuple(points), worker.colour))
    faint = [
        MapStop(call.place, "", "", 0) for call in day.calls if call.place is not None and call.visit_id not in seen
    ]
    people = words.joined([day.worker_by_id[employee_id].given_name for employee_id in shown])
    return (
        Map(
            id="proposal-map",
            label=_("Rutene til %(people)s med forslaget") % {"people": people},
            table=DataTable(
                caption=_("Rutene med forslaget"),
                columns=(Column(_("Hvem")), Column(_("Nummer")), Column(_("Bruker")), Column(_("Kl."))),
                rows=tuple(table),
                stack=False,
            ),
            stops=(*faint, *stops),
            routes=tuple(routes),
            note=_(
                "Skjematisk, med rutene som endres mest. Tallene er rekkefølgen, rød ring er nytt på ruta. "
                "Grå prikker er andre brukere."
            ),
        ),
        Key(
            _("Hvem rutene er til"),
            tuple(
                KeyItem(day.worker_by_id[employee_id].given_name, mark_of(day.worker_by_id[employee_id]).small())
                for employee_id in shown
            ),
        ),
    )


def _left_out(stored: Mapping[str, Any], team_day: TeamDay, names: Names, where: Where) -> LeftOut:
    visit_id = int(stored["visit"])
    at = team_day.day.starts_at(visit_id) if visit_id in team_day.day.call_by_id else None
    name = names.visit(visit_id)
    return LeftOut(
        title=_("%(who)s kl. %(time)s") % {"who": name, "time": words.clock(at)} if at else name,
        href=f"{where.href('visit', visit_id)}?helper=0",
        reasons=tuple(words.uncovered_reason(reason, names) for reason in stored["reasons"]),
        ways_out=tuple(dict.fromkeys(words.way_out(way, names) for way in stored["ways_out"])),
    )
