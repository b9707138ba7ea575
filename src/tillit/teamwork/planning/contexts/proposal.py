"""The proposal under the board: changes with reasons, before and after, the map, what stays uncovered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.teamwork.planning import words
from tillit.teamwork.planning.contexts.places import Where, where_of
from tillit.teamwork.planning.contexts.proposal_map import proposal_map
from tillit.teamwork.planning.contexts.proposed_change import proposed_change
from tillit.teamwork.planning.queries import ChangeLine, ProposalView, TeamDay
from tillit.teamwork.planning.rules import changes as change_rules
from tillit.teamwork.planning.rules import numbers
from tillit.teamwork.planning.rules.day import Day
from tillit.teamwork.planning.words import Names
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import (
    Action,
    Column,
    DataTable,
    Delta,
    Key,
    Map,
    Progress,
    ProposalList,
    TableRow,
)

SOON = timedelta(seconds=10)
"""So long after the press the page asks often; a re-plan that has not come by then stands in a queue."""
AT_ONCE = timedelta(seconds=2)
"""So long it may wait for a worker before the page says that it does."""


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
    team_day: TeamDay, names: Names, proposal: ProposalView, *, may_allocate: bool, now: datetime | None = None
) -> ProposalPanel | None:
    """Return the panel; None for a proposal that was replaced. now: for how often to ask while it is being reckoned."""
    where = where_of(team_day)
    if proposal.state == "OUTDATED":
        return None
    if proposal.is_working:
        return _bare("working", _("Planleggeren regner"), progress=progress_part(proposal, where, may_allocate, now))
    if proposal.has_failed:
        return _bare("failed", _("Planleggeren fant ikke noe forslag"))
    undecided = [change for change in proposal.changes if change.accepted is None]
    if proposal.changes and not undecided and not proposal.uncovered:
        return None
    fits = [change for change in undecided if _fits(team_day.day, change)]
    edition = team_day.head.edition
    drawn = tuple(
        proposed_change(team_day, names, change, where, proposal, may_allocate=may_allocate, open_=number == 0)
        for number, change in enumerate(fits)
    )
    map_, key = proposal_map(team_day, fits)
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


def progress_part(proposal: ProposalView, where: Where, may_allocate: bool, now: datetime | None) -> Progress:
    """How far the search has come. htmx asks again, saying what it shows: while that is so, nothing is put in."""
    share = _share(proposal)
    heading = _("Planleggeren ser etter endringer") if proposal.keep_present else _("Planleggeren regner på listene")
    text = _("Du kan gå videre imens. Forslaget står her når det er klart.")
    if _is_in_line(proposal, now):
        heading = _("Forslaget står i kø")
        text = _("Planleggeren er opptatt, og begynner på dette så snart den kan. Du kan gå videre imens.")
    stop = _("Avbryt") if proposal.is_queued else _("Stopp og bruk det beste så langt")
    return Progress(
        heading=heading,
        value=share,
        maximum=100,
        shown=formats.percent(share / 100, language=page_language()),
        text=text,
        stop=Action(stop, where.href("stop", proposal.proposal_id), post=True, icon="Stop") if may_allocate else None,
        poll_href=f"{where.href('progress', proposal.proposal_id)}?shown={shown_of(proposal, now)}",
        id="proposal-progress",
        every=_every(proposal, now),
    )


def shown_of(proposal: ProposalView, now: datetime | None) -> str:
    """What the picture of a search in progress says, in short: the same again need not be drawn anew."""
    begun = "queued" if proposal.is_queued else "begun"
    line = "-line" if _is_in_line(proposal, now) else ""
    return f"{_share(proposal)}-{_every(proposal, now)}-{begun}{line}"


def _is_in_line(proposal: ProposalView, now: datetime | None) -> bool:
    """Whether it has waited longer than it does for a worker that is free."""
    return proposal.is_queued and now is not None and now - proposal.asked_at >= AT_ONCE


def _share(proposal: ProposalView) -> int:
    return proposal.done * 100 // (proposal.total or 100)


def _every(proposal: ProposalView, now: datetime | None) -> Literal["150ms", "2s"]:
    is_near = now is None or now - proposal.asked_at < SOON
    return "150ms" if proposal.keep_present and is_near else "2s"


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
    seconds = formats.number(proposal.seconds or 0.0, 1, page_language())
    stopped = proposal.result.get("ended") == "cancelled"
    said = {"seconds": seconds, "what": words.preset_name(proposal.preset)}
    if counted := words.counting(proposal.result.get("counts", {})):
        said["what"] = f"{said['what']}. {counted.removesuffix('.')}"
    if stopped:
        return _("Stoppet etter %(seconds)s sekunder, med det beste så langt. %(what)s.") % said
    return _("Regnet på %(seconds)s sekunder. %(what)s.") % said


def _table(counted: Mapping[str, Mapping[str, int]]) -> DataTable:
    before, after = counted["before"], counted["after"]
    language = page_language()
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
