"""decisions/new_appeal.html: taking in an appeal, and choosing which decision it is about."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens.models import NetworkKind, NetworkMember
from tillit.care.citizens.queries import briefs, get_citizen
from tillit.care.decisions.contexts.appeal_words import OUTCOME_WORDS
from tillit.care.decisions.contexts.words import short_date
from tillit.care.decisions.models import Appeal, Decision
from tillit.care.decisions.queries import reachable_cases
from tillit.care.decisions.queries.appeals import last_day_of
from tillit.care.decisions.rules.appeals import AppealState
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.queries import in_force
from tillit.kernel import oslo
from tillit.ui.parts import Crumb, Crumbs, ListRow, RowList

HERSELF = "0"
#: A doctor or a service helps to write one, but is no party.
_CAN_APPEAL = (NetworkKind.RELATIVE, NetworkKind.FRIEND, NetworkKind.GUARDIAN)


@dataclass(frozen=True, slots=True)
class NewAppealPage:
    """decisions/new_appeal.html."""

    decision_id: int
    crumbs: Crumbs
    lead: str
    period: str = field(metadata={"help": "The last day to appeal, as guidance"})
    people: tuple[tuple[str, str], ...] = field(metadata={"help": "Who can be the one: value and name"})
    dismissed: int | None = field(metadata={"help": "An earlier appeal that we dismissed, if this is about that"})
    back_href: str


@dataclass(frozen=True, slots=True)
class ChooseDecisionPage:
    """decisions/choose_decision.html: the decisions of a citizen that somebody may appeal on."""

    name: str
    crumbs: Crumbs
    rows: RowList | None
    back_href: str


def new_appeal_page(decision: Decision, *, at: datetime, about_dismissal: bool = False) -> NewAppealPage:
    """Return the page for an appeal on a decision. The decision has been reached."""
    today = oslo.day_of(at)
    case = decision.case
    name = briefs([case.citizen_id], on=today, at=at)[case.citizen_id].name
    last = last_day_of(decision)
    members = NetworkMember.objects.filter(in_force(today), citizen_id=case.citizen_id, kind__in=_CAN_APPEAL)
    people = [(HERSELF, name)] + [
        (str(one.pk), f"{one.name}, {one.relation}" if one.relation else one.name)
        for one in members.order_by("rank", "pk")
    ]
    dismissed = None
    if about_dismissal:
        found = Appeal.objects.filter(decision=decision, state=AppealState.DISMISSED.value).order_by("-pk").first()
        dismissed = found.pk if found else None
    return NewAppealPage(
        decision_id=decision.pk,
        crumbs=Crumbs(
            (
                Crumb(_("Saker"), reverse("decisions:queue")),
                Crumb(case.number, reverse("decisions:case", args=[case.pk])),
                Crumb(_("Ny klage")),
            )
        ),
        lead=_("%(name)s. Vedtak %(day)s: %(outcome)s.")
        % {"name": name, "day": short_date(decision.decided_on), "outcome": OUTCOME_WORDS[decision.outcome]},
        period=_period(last, today),
        people=tuple(people),
        dismissed=dismissed,
        back_href=reverse("decisions:case", args=[case.pk]),
    )


def choose_decision_page(*, actor: Actor, citizen_id: int, at: datetime) -> ChooseDecisionPage:
    """Return the decisions to choose among. Raises NotFound out of reach. Constant queries."""
    today = oslo.day_of(at)
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    name = briefs([citizen.pk], on=today, at=at)[citizen.pk].name
    cases = reachable_cases(actor, on=today).filter(citizen_id=citizen.pk)
    decisions = Decision.objects.filter(case__in=cases).prefetch_related("lines__service")
    rows = []
    for decision in decisions.order_by("-decided_on", "-pk"):
        names = ", ".join(dict.fromkeys(line.service.name for line in decision.lines.all()))
        rows.append(
            ListRow(
                _("Vedtak %(day)s: %(outcome)s")
                % {"day": short_date(decision.decided_on), "outcome": OUTCOME_WORDS[decision.outcome]},
                names,
                href=reverse("decisions:new_appeal", args=[decision.pk]),
            )
        )
    back = reverse("citizens:page", args=[citizen.pk])
    return ChooseDecisionPage(
        name=name,
        crumbs=Crumbs((Crumb(_("Brukere"), reverse("citizens:list")), Crumb(name, back), Crumb(_("Ny klage")))),
        rows=RowList(tuple(rows)) if rows else None,
        back_href=back,
    )


def _period(last: date | None, today: date) -> str:
    if last is None:
        return _("Vedtaket er ikke meldt ennå. En klage som kommer nå, er i tide.")
    if last < today:
        return _("Siste dag var %(day)s. Ta imot klagen også om den kommer for sent. Det vurderes etterpå.") % {
            "day": short_date(last)
        }
    return _("Siste dag å klage er %(day)s. Sendt i tide er kommet i tide.") % {"day": short_date(last)}
