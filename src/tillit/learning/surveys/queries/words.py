"""What people wrote in their own words: who reads it, how far she has come, and what a team sees."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from tillit.care.citizens.queries.called import name_words as names_of_citizens
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds_anywhere
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.workforce.models import Employee, PositionShare, RoleHolding
from tillit.foundation.workforce.queries.called import name_words as names_of_employees
from tillit.kernel.errors import ActionRefused
from tillit.learning.surveys.models import Campaign, Screening, Words
from tillit.learning.surveys.permissions import ASK_SURVEY, SCREEN_WORDS
from tillit.learning.surveys.queries.campaigns import get_campaign, reached, scope_of
from tillit.learning.surveys.queries.instruments import get_instrument
from tillit.learning.surveys.rules import wording
from tillit.learning.surveys.rules.wording import Verdict

#: Those in the line above a team: what its people write is not theirs to read first.
_LEADING = (Role.TEAM_LEADER, Role.DISTRICT_LEADER)


class NotNamed(ActionRefused):
    """Somebody else reads, or nobody is named yet."""


def asks_for_words(campaign: Campaign) -> bool:
    """Whether a question of the campaign is answered in own words."""
    return bool(wording.worded(get_instrument(campaign.instrument, campaign.version)))


def get_screening(*, actor: Actor, campaign_id: int, lock: bool = False) -> Screening:
    """Return the screening the actor is named for. lock: its row, for actions. Raises NotFound, NotNamed."""
    campaign = get_campaign(actor=actor, campaign_id=campaign_id, permission=SCREEN_WORDS)
    rows = Screening.objects.select_for_update(of=("self",)) if lock else Screening.objects.all()
    found = rows.select_related("campaign").filter(campaign=campaign).first()
    if found is None or found.screener_id is None or found.screener_id != actor.employee_id:
        raise NotNamed(_("Det er ikke du som er valgt til å lese gjennom det som er skrevet her."))
    return found


def screeners_for(campaign: Campaign, *, on: date) -> list[tuple[int, str]]:
    """Return (employee id, name) of those who may be named: a role for it over every team, and no part in any of them.

    Leaders in the line above the teams are left out too. Four queries.
    """
    paths = scope_of(campaign).paths
    holding = RoleHolding.objects.filter(in_force(on), role__in=SCREEN_WORDS.roles).select_related("unit")
    reach: dict[int, list[str]] = defaultdict(list)
    for one in holding:
        reach[one.employee_id].append(one.unit.path)
    wide = {pk for pk, held in reach.items() if all(any(path.startswith(at) for at in held) for path in paths)}
    below, line = Q(pk__in=()), Q(pk__in=())
    for path in paths:
        below |= Q(unit__path__startswith=path)
        above = [".".join(path.split(".")[:depth]) + "." for depth in range(1, path.count(".") + 1)]
        line |= Q(unit__path__in=above, role__in=_LEADING)
    inside = set(RoleHolding.objects.filter(in_force(on)).filter(below | line).values_list("employee_id", flat=True))
    shares = PositionShare.objects.filter(in_force(on, "position__")).filter(below)
    inside |= set(shares.values_list("position__employee_id", flat=True))
    people = Employee.objects.filter(pk__in=wide - inside, user__isnull=False).order_by("sort_name", "pk")
    return [(one.pk, one.name) for one in people]


@dataclass(frozen=True, slots=True)
class Reading:
    """How far a screening has come. total: 0 while the survey is open."""

    screening: Screening
    read: int
    total: int


def screening_of(campaign: Campaign) -> Screening | None:
    """Return who reads what was written, None when nothing is to be read. Whoever calls has asked who may know it."""
    return Screening.objects.filter(campaign=campaign).select_related("screener").first()


def reading_of(screening: Screening) -> Reading:
    """Return how much of it is read. One query."""
    found = Words.objects.filter(group__campaign_id=screening.campaign_id).aggregate(
        total=Count("pk"), read=Count("pk", filter=~Q(verdict=Verdict.UNREAD))
    )
    return Reading(screening, found["read"], found["total"])


def readings(*, actor: Actor) -> list[Reading]:
    """Return what the actor is named to read of closed surveys, and what waits for her to name somebody. Two queries
    at most."""
    if actor.employee_id is None:
        return []
    mine = Q(screener_id=actor.employee_id) if holds_anywhere(actor, SCREEN_WORDS) else Q(pk__in=())
    unnamed = Q(screener__isnull=True, campaign__in=reached(actor, ASK_SURVEY)) if holds_anywhere(actor, ASK_SURVEY) \
        else Q(pk__in=())  # fmt: skip
    rows = (
        Screening.objects.filter(mine | unnamed, campaign__closed_at__isnull=False, finished_at__isnull=True)
        .select_related("campaign")
        .order_by("campaign__closed_at", "pk")
    )
    counts = {
        row["group__campaign_id"]: row
        for row in Words.objects.filter(group__campaign__in=rows.values("campaign_id"))
        .values("group__campaign_id")
        .annotate(total=Count("pk"), read=Count("pk", filter=~Q(verdict=Verdict.UNREAD)))
    }
    found = [(row, counts.get(row.campaign_id)) for row in rows]
    return [Reading(row, count["read"], count["total"]) for row, count in found if count]


def list_words(screening: Screening) -> list[Words]:
    """Return every text of a screening in the order of their random ids: the same each time, and of no other order."""
    return list(Words.objects.filter(group__campaign_id=screening.campaign_id).order_by("pk"))


def names_around(campaign: Campaign) -> frozenset[str]:
    """Return the words of all names in the teams, citizens' and colleagues' alike, casefolded. Three queries."""
    return names_within(scope_of(campaign).paths)


def names_within(paths: Sequence[str]) -> frozenset[str]:
    """Return the same of the units at some paths, and below them. Two queries."""
    return names_of_citizens(paths) | names_of_employees(paths)


@dataclass(frozen=True, slots=True)
class Said:
    """What one team wrote to one question, when all is read. held: how many texts are not shown."""

    question: str
    texts: tuple[str, ...]
    held: int


def said_by(group_ids: Iterable[int]) -> list[Said]:
    """Return what groups wrote, question by question, in random order. Nothing before the screening is finished."""
    rows = Words.objects.filter(
        group_id__in=list(group_ids), group__campaign__screening__finished_at__isnull=False
    ).order_by("question", "pk")  # fmt: skip
    found: dict[str, list[Words]] = defaultdict(list)
    for row in rows:
        found[row.question].append(row)
    return [
        Said(
            question,
            tuple(row.words for row in texts if row.verdict != Verdict.HELD),
            sum(row.verdict == Verdict.HELD for row in texts),
        )
        for question, texts in found.items()
    ]


def waiting_words(campaign: Campaign, group_ids: Iterable[int]) -> Reading | None:
    """Return how far the screening has come, None when nothing these groups wrote may ever be shown. Two queries."""
    screening = Screening.objects.filter(campaign=campaign).first()
    if screening is None or not Words.objects.filter(group_id__in=list(group_ids)).exists():
        return None
    return reading_of(screening)
