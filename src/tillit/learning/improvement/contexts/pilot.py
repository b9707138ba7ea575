"""improvement/pilot.html: one pilot on one page: where it stands, what is missing, who is in it, what happened."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.kernel import oslo
from tillit.learning.improvement.contexts.form_page import pilot_crumbs
from tillit.learning.improvement.contexts.index import phase_tag
from tillit.learning.improvement.models import Disturbance, LogKind, Outcome, Pilot
from tillit.learning.improvement.permissions import RUN_PILOT, WRITE_LOG
from tillit.learning.improvement.queries import (
    LogLine,
    TeamLine,
    chosen_of,
    figures,
    frozen_of,
    get_pilot,
    log_of,
    log_scope,
    pilot_scope,
    teams_of,
)
from tillit.learning.improvement.queries.baselines import Chosen, FrozenTeam
from tillit.learning.improvement.rules.phases import UNDER_WAY, GapKind, Phase, Standing, gaps
from tillit.learning.improvement.rules.windows import Timing
from tillit.learning.improvement.wording import GOALS, PHASES, variant_text
from tillit.learning.insight.words.changes import months_text
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import (
    Action,
    Check,
    Checks,
    Column,
    Content,
    Crumbs,
    DataTable,
    ListRow,
    RowList,
    Step,
    Steps,
    TableRow,
    Tag,
)


@dataclass(frozen=True, slots=True)
class Start:
    """Is it ready to be «i pilot»? With the one press that sets it so, when nothing is missing."""

    checks: Checks
    href: str = field(metadata={"help": "Empty: something is missing, or may not"})


@dataclass(frozen=True, slots=True)
class PilotPage:
    """improvement/pilot.html."""

    pilot_id: int
    edition: int
    crumbs: Crumbs
    title: str
    unit_name: str
    tries: str
    tag: Tag
    steps: Steps
    without: str = field(metadata={"help": "«Uten nullpunkt, fordi …»; empty: there is one, or none is asked for yet"})
    outcome: str = field(metadata={"help": "How it ended"})
    outcome_words: str
    start: Start | None = field(metadata={"help": "None: it has begun, or ended"})
    baseline: RowList | None = field(metadata={"help": "What is measured, goal by goal; None: nothing chosen"})
    baseline_note: str
    baseline_href: str
    teams: DataTable | None
    add_team_href: str
    disturbances: RowList | None
    log: RowList | None
    log_href: str = field(metadata={"help": "Empty: may not write"})
    actions: tuple[Action, ...]
    is_order_drawn: bool


def pilot_page(*, actor: Actor, pilot_id: int, now: datetime) -> PilotPage:
    """Return the page of a pilot the actor sees. A constant number of queries. Raises NotFound."""
    today = oslo.day_of(now)
    pilot = get_pilot(actor=actor, pilot_id=pilot_id)
    teams = teams_of(actor=actor, pilot=pilot)
    lines = log_of(actor=actor, pilot=pilot)
    chosen, frozen = chosen_of(pilot), frozen_of(pilot)
    runs = holds(actor, RUN_PILOT, pilot_scope(pilot))
    writes = holds(actor, WRITE_LOG, log_scope(pilot, teams))
    phase = Phase(pilot.phase)
    changes = runs and phase is not Phase.ENDED
    disturbed = [one for one in lines if one.kind == LogKind.DISTURBED]
    told = [one for one in lines if one.kind != LogKind.DISTURBED]
    return PilotPage(
        pilot_id=pilot.pk,
        edition=pilot.edition,
        crumbs=pilot_crumbs(pilot),
        title=pilot.name,
        unit_name=pilot.unit.name,
        tries=pilot.tries,
        tag=phase_tag(phase),
        steps=_steps(phase, has_begun=pilot.started_on is not None),
        without=pilot.without_reason,
        outcome=str(Outcome(pilot.outcome).label) if pilot.outcome else "",
        outcome_words=pilot.outcome_words,
        start=_start(pilot, teams, chosen, runs=runs, today=today) if not _has_begun(pilot) else None,
        baseline=_measured(chosen, frozen, teams) if chosen else None,
        baseline_note=_frozen_note(frozen),
        baseline_href=reverse("improvement:baseline", args=[pilot.pk]),
        teams=_team_table(pilot, teams, frozen, changes=changes, today=today) if teams else None,
        add_team_href=reverse("improvement:add_team", args=[pilot.pk]) if changes else "",
        disturbances=RowList(tuple(_log_row(one, pilot) for one in disturbed)) if disturbed else None,
        log=RowList(tuple(_log_row(one, pilot) for one in told), look="timeline") if told else None,
        log_href=reverse("improvement:write_log", args=[pilot.pk]) if writes else "",
        actions=(*_looks(pilot), *(_actions(pilot, phase) if changes else ())),
        is_order_drawn=pilot.is_order_drawn,
    )


def _has_begun(pilot: Pilot) -> bool:
    return pilot.started_on is not None or pilot.phase == Phase.ENDED


def _steps(phase: Phase, *, has_begun: bool) -> Steps:
    place = list(Phase).index(phase)
    stands = 4 if phase is Phase.ENDED and not has_begun else None
    return Steps(
        _("Pilotens faser"),
        tuple(
            Step(
                str(PHASES[one]),
                state="current" if number == place else "done" if number < place and stands is None else "",
            )
            for number, one in enumerate(Phase)
        ),
    )


def _start(pilot: Pilot, teams: tuple[TeamLine, ...], chosen: tuple[Chosen, ...], *, runs: bool, today: date) -> Start:
    inside = [one for one in teams if one.left_on is None]
    missing = gaps([Standing(one.unit_name, one.joined_on, one.has_baseline, one.without_reason) for one in inside],
                   on=today)  # fmt: skip
    lacking = [one.name for one in missing if one.kind is GapKind.NO_BASELINE]
    not_yet = next((one for one in missing if one.kind is GapKind.NOT_YET), None)
    baseline_href = reverse("improvement:baseline", args=[pilot.pk])
    reasons = any(one.without_reason for one in inside)
    items = [
        Check(
            _("Team er med"), bool(inside),
            action=Action(_("Ta med et team"), reverse("improvement:add_team", args=[pilot.pk]), tight=True)
            if runs and not inside else None,
        ),
        Check(
            _("Dere har valgt hva som måles"), bool(chosen) or reasons,
            note="" if chosen else _("Hvert effektmål får én hovedindikator."),
            action=Action(_("Velg"), baseline_href, tight=True) if runs and not chosen else None,
        ),
        Check(
            _("Uten nullpunkt er begrunnet") if reasons and not lacking else _("Nullpunktet er fryst"),
            bool(inside) and not lacking,
            note=_("Mangler for %(teams)s.") % {"teams": ", ".join(lacking)} if lacking else "",
            action=Action(_("Frys nullpunktet"), baseline_href, tight=True) if runs and lacking and chosen else None,
        ),
        Check(
            _("Dagen er kommet"), bool(inside) and not_yet is None,
            note=_("%(team)s begynner %(day)s.")
            % {"team": not_yet.name, "day": formats.short_date(not_yet.on, page_language())}
            if not_yet and not_yet.on else "",
        ),
    ]  # fmt: skip
    return Start(Checks(tuple(items)), reverse("improvement:start", args=[pilot.pk]) if runs and not missing else "")


def _measured(chosen: tuple[Chosen, ...], frozen: dict[int, FrozenTeam], teams: tuple[TeamLine, ...]) -> RowList:
    names = {one.code: one.name for one in figures.indicators()}
    rows = []
    for one in chosen:
        if not one.is_primary:
            continue
        beside = [
            names.get(other.code, other.code) for other in chosen if other.goal is one.goal and not other.is_primary
        ]
        more = _("Vises sammen med: %(names)s") % {"names": ", ".join(beside)} if beside else ""
        rows.append(ListRow(title=names.get(one.code, one.code), note=more, more=str(GOALS[one.goal])))
    return RowList(tuple(rows))


def _frozen_note(frozen: dict[int, FrozenTeam]) -> str:
    if not frozen:
        return ""
    newest = max(frozen.values(), key=lambda one: one.signed_at)
    count = len(frozen)
    text = ngettext(
        "Fryst for %(number)d team: %(months)s. Signert %(day)s av %(who)s.",
        "Fryst for %(number)d team: %(months)s. Signert %(day)s av %(who)s.",
        count,
    )
    return text % {
        "number": count,
        "months": months_text(newest.window),
        "day": formats.short_date(oslo.day_of(newest.signed_at), page_language()),
        "who": newest.signed_by_name or _("systemet"),
    }


def team_baseline_tag(team: TeamLine, frozen: FrozenTeam | None) -> Tag:
    """Return how a team stands with its baseline. Late is said, and so is a reason why there is none."""
    if frozen is not None and frozen.timing is Timing.RETROSPECTIVE:
        return Tag(_("Retrospektivt"), "warning", "ArrowUndo")
    if frozen is not None:
        return Tag(_("Fryst"), "success", "PadlockLocked")
    if team.without_reason:
        return Tag(_("Uten nullpunkt"), "warning", "ExclamationmarkTriangle")
    return Tag(_("Mangler"), "warning", "ExclamationmarkTriangle")


def _team_table(
    pilot: Pilot, teams: tuple[TeamLine, ...], frozen: dict[int, FrozenTeam], *, changes: bool, today: date
) -> DataTable:
    language = page_language()

    def since(one: TeamLine) -> str:
        day = formats.short_date(one.joined_on, language)
        if one.left_on is not None:
            return _("%(day)s, ute fra %(left)s") % {"day": day, "left": formats.short_date(one.left_on, language)}
        return day

    def begins(one: TeamLine) -> Content:
        if not waits(one):
            return ""
        return Action(
            _("Er i gang"),
            reverse("improvement:begin_team", args=[pilot.pk, one.team_id]),
            post=True,
            fields={"edition": str(pilot.edition)},
            tight=True,
            describe=one.unit_name,
        )

    def waits(one: TeamLine) -> bool:
        may = one.has_baseline or bool(one.without_reason)
        joins = changes and pilot.started_on is not None and one.began_on is None and one.left_on is None
        return joins and may and one.joined_on <= today

    with_act = any(waits(one) for one in teams)
    return DataTable(
        caption=_("Team i piloten, i kartets rekkefølge"),
        columns=(
            Column(_("Team")),
            Column(_("Prøver")),
            Column(_("Fra")),
            Column(_("Nullpunkt")),
            *((Column(_("Begynner"), right=True, hidden_label=True),) if with_act else ()),
        ),
        rows=tuple(
            TableRow(
                (
                    one.unit_name,
                    variant_text(one.variant, one.own_words),
                    since(one),
                    team_baseline_tag(one, frozen.get(one.team_id)),
                    *((begins(one),) if with_act else ()),
                ),
                href=reverse("improvement:change_team", args=[pilot.pk, one.team_id])
                if changes and one.left_on is None
                else "",
            )
            for one in teams
        ),
    )


def _log_row(line: LogLine, pilot: Pilot) -> ListRow:
    language = page_language()
    title = str(Disturbance(line.disturbance).label) if line.disturbance else line.words
    who = " · ".join(
        part
        for part in (
            formats.short_date(line.happened_on, language),
            line.team_name or _("hele piloten"),
            line.written_by_name,
        )
        if part
    )
    take_back = Action(
        _("Ta tilbake"), reverse("improvement:take_back", args=[pilot.pk, line.entry_id]), post=True,
        variant="tertiary", tight=True, describe=title,
    )  # fmt: skip
    return ListRow(
        title=title,
        more=line.words if line.disturbance else "",
        note=f"{LogKind(line.kind).label} · {who}" if not line.disturbance else who,
        end=take_back if line.is_own else "",
    )


def _looks(pilot: Pilot) -> tuple[Action, ...]:
    """Return the pages of figures that make sense where the pilot stands."""
    benefits = Action(_("Gevinster"), reverse("improvement:benefits", args=[pilot.pk]), icon="TrendUp")
    if pilot.started_on is None:
        ahead = Action(_("Hva kan vi se?"), reverse("improvement:power", args=[pilot.pk]), icon="Eye")
        return (ahead, benefits)
    return (Action(_("Sammenlign"), reverse("improvement:comparison", args=[pilot.pk]), icon="LineGraph"), benefits)


def _actions(pilot: Pilot, phase: Phase) -> tuple[Action, ...]:
    fields = {"edition": str(pilot.edition)}
    found = [Action(_("Endre"), reverse("improvement:change", args=[pilot.pk]), icon="Pencil")]
    if phase is Phase.RUNNING:
        found.append(Action(_("Begynn evalueringen"), reverse("improvement:evaluate", args=[pilot.pk]), post=True,
                            fields=fields))  # fmt: skip
    if phase is Phase.EVALUATING:
        found.append(Action(_("Fortsett piloten"), reverse("improvement:go_on", args=[pilot.pk]), post=True,
                            fields=fields))  # fmt: skip
    if phase not in UNDER_WAY or phase is Phase.EVALUATING:
        found.append(Action(_("Avslutt piloten"), reverse("improvement:end", args=[pilot.pk]), variant="tertiary"))
    return tuple(found)
