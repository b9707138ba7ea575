"""Team Solvik has met about its answers: what was said, with themes, and three questions by card afterwards (R39)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db import transaction

from tillit.demo.chance import Chance
from tillit.demo.story import ballots as lots
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee
from tillit.kernel import oslo, red_days
from tillit.kernel.errors import TillitError
from tillit.learning.surveys.actions import ask_survey, close_survey, hold_gathering, write_statement
from tillit.learning.surveys.models import Campaign, Way
from tillit.learning.surveys.queries import cards_of

TEAM, LEADER = "Team Solvik", "marit.aune"
CARDS, ANSWERED = 10, 8
#: What each answered to the three: worth the time, could say what she wanted, knows what to do.
_ANSWERS = ((5, 5, 4), (4, 5, 3), (5, 4, 4), (4, 4, 2), (5, 5, 5), (3, 4, 3), (4, 5, 4), (5, 5, 3))


@dataclass(frozen=True, slots=True)
class _Met:
    """One gathering. days: from today, or the working day before."""

    days: int
    holder: str
    people: int
    said: tuple[tuple[str, tuple[str, ...]], ...]


_MET = (
    _Met(-16, "ingrid.solheim", ANSWERED + 1, (
        ("Vi fordeler listene selv nå. Det er den største forskjellen.", ("Autonomi",)),
        ("Vi må fortsatt vente på kontoret når noen trenger mer hjelp.", ("Autonomi", "Ventetid")),
        ("Forslagene våre blir skrevet ned, men vi får ikke vite hva som skjer med dem.", ("Virkning",)),
        ("Ingen har spurt oss hva vi har funnet ut. Det kunne andre team hatt bruk for.", ("Virkning",)),
        ("På dager med fravær klarer vi oss fordi alle kjenner brukerne.", ("Styrke",)),
        ("Det er lettere å si fra når vi er få rundt bordet.", ("Trygghet",)),
        ("Vi vet hvorfor vi drar til hver enkelt. Det visste vi ikke før.", ("Mening",)),
    )),
    _Met(-5, "kari.nilsen", 6, (
        ("Tavla virker. To av forslagene er prøvd allerede.", ("Virkning",)),
        ("Vi ventet fire dager på svar om en rullator.", ("Ventetid",)),
        ("Den som fordeler, trenger ro den første halvtimen.", ("Autonomi", "Tid")),
    )),
)  # fmt: skip


@transaction.atomic
def gather(anchor: date, chance: Chance) -> None:
    """Add the rows, by the product's own actions. The surveys have been asked."""
    units = lots.teams_named([TEAM])
    if not units:
        return
    for met in _MET:
        holder = lots.found(met.holder)
        if holder is not None:
            _write_down(met, units[0], holder, anchor)
    leader = lots.found(LEADER)
    if leader is not None:
        try:
            with transaction.atomic():
                _ask_afterwards(units[0], leader, anchor, chance)
        except TillitError:
            return


def _write_down(met: _Met, unit: Unit, holder: Employee, anchor: date) -> None:
    on = _working_day(anchor, met.days)
    about = Campaign.objects.filter(instrument="team", groups__unit=unit).order_by("-opens_at").first()
    at = oslo.moment(on, time(15, 10))
    actor = lots.acting(holder, at)
    gathering = hold_gathering(
        actor=actor, unit_id=unit.pk, held_on=on, people=met.people,
        campaign_id=about.pk if about is not None else None, at=at,
    )  # fmt: skip
    for words, themes in met.said:
        write_statement(actor=actor, gathering_id=gathering.pk, words=words, themes=themes, is_sure=True, at=at)


def _working_day(anchor: date, days: int) -> date:
    on = anchor + timedelta(days=days)
    while on.weekday() >= 5 or red_days.is_red(on):
        on -= timedelta(days=1)
    return on


def _ask_afterwards(unit: Unit, leader: Employee, anchor: date, chance: Chance) -> None:
    """Ten cards lay in a bowl by the door, and eight were used."""
    on = _working_day(anchor, _MET[0].days)
    at = oslo.moment(on, time(12))
    marit = lots.acting(leader, at)
    campaign = ask_survey(
        actor=marit, instrument="gathering", version=1, unit_ids=[unit.pk], title=lots.titled("Etter samlingen", on),
        closes_on=on, at=at, way=Way.CARDS, cards=CARDS,
    )  # fmt: skip
    draw = chance.stream("survey", "gathering")
    lots.key_again(campaign, draw)
    cards: Sequence[str] = cards_of(campaign, campaign.groups.get())
    ballots = [dict(zip(("S1", "S2", "S3"), steps, strict=True)) for steps in _ANSWERS]
    lots.fill(campaign, unit.pk, ballots, [f"card:{card}" for card in draw.sample(cards, len(ballots))])
    close_survey(actor=marit, campaign_id=campaign.pk, edition=None, at=campaign.closes_at - timedelta(seconds=1))
    lots.draw_again(campaign, draw)
