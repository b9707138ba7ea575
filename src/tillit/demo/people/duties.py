"""Who takes turns at a team's duties: lists with as few in common as can be, so that one rarely has two on a day."""

from datetime import date, time, timedelta

from tillit.demo.organisation import FOUNDED
from tillit.demo.people.staff import Member
from tillit.demo.people.teams import TeamPlan
from tillit.demo.store import Store
from tillit.foundation.responsibility.models import Duty, DutyHolding, DutyMember
from tillit.foundation.workforce import competence_catalogue as competences
from tillit.kernel import oslo

ENOUGH = 5
"""With so many on a list somebody on it is at work on nearly every day."""
HELD_IN_THE_STORY = {"ALLOCATOR": "KN", "MESSAGES": "AY", "ACUTE": "IS"}
_THREE = (
    (
        "ALLOCATOR",
        "Fordeler",
        "Lager dagens lister, dekker det som er udekket, sier fra til dem det gjelder.",
        competences.ALLOCATOR,
    ),
    (
        "MESSAGES",
        "Meldinger",
        "Leser og svarer på meldinger fra sykehus og fastlege før kl. 9 og etter kl. 13.",
        competences.HEALTH_CARE,
    ),
    ("ACUTE", "Akuttvakt", "Tar det som haster, og rykker ut når alarmen går.", competences.NURSING),
)


def add_duties(
    store: Store, plan: TeamPlan, unit_id: int, members: list[Member], codes: dict[str, int], anchor: date
) -> None:
    """Write the team's duties with those who take turns, and in the story's team who holds them these days."""
    by_initials = {one.initials: one.id for one in reversed(members)}
    lists = duty_lists(members, everyone_may_allocate=plan.everyone_may_allocate)
    for kind, name, what, needs in _THREE:
        if kind == "ACUTE" and plan.partner:
            continue  # in a HELTOM pair the nurses, and what is acute, are in the other team
        duty_id = store.add(
            Duty,
            unit_id=unit_id,
            kind=kind,
            name=name,
            what=what,
            needs_id=None if kind == "ALLOCATOR" and plan.everyone_may_allocate else codes[needs],
            is_fixed=False,
            valid_from=FOUNDED,
        )
        for rank, one in enumerate(lists[kind], start=1):
            store.add(DutyMember, duty_id=duty_id, employee_id=one.id, rank=rank)
        holder = HELD_IN_THE_STORY[kind]
        if plan.named and holder in by_initials and (holder != "AY" or anchor.weekday() < 5):
            at = oslo.moment(anchor - timedelta(days=1), time(14, 30))
            store.add(DutyHolding, duty_id=duty_id, employee_id=by_initials[holder], on=anchor, at=at)


def duty_lists(members: list[Member], *, everyone_may_allocate: bool) -> dict[str, list[Member]]:
    """Return kind of duty → those who take turns, each list begun one step on from the one before.

    All duties are by day, so those who work evenings or nights are left out. The scarcest list is made first; the
    next leaves out those who are on one already, as far as enough are left.
    """
    carers = [one for one in members if one.visits and not one.is_temp and one.flavour in {"MIXED", "WEEKDAY"}]
    found: dict[str, list[Member]] = {}
    for kind, needs in sorted(((kind, needs) for kind, _name, _what, needs in _THREE), key=_scarcest):
        able = [one for one in carers if needs in one.competences]
        if kind == "ALLOCATOR" and everyone_may_allocate:
            able = [one for one in carers if one.level > 0]
        taken = [{one.id for one in found[other]} for other in found]
        choices = [[one for one in able if not any(one.id in ids for ids in taken[: len(taken) - left])]
                   for left in range(len(taken) + 1)]  # fmt: skip
        found[kind] = next((choice for choice in choices if len(choice) >= ENOUGH), able)
    return {kind: in_turn(found[kind], steps) for steps, (kind, *_rest) in enumerate(_THREE)}


def _scarcest(duty: tuple[str, str]) -> int:
    return ("ACUTE", "ALLOCATOR", "MESSAGES").index(duty[0])


def in_turn(able: list[Member], steps: int) -> list[Member]:
    """Return the list begun so many steps on: where two lists have the same people, their turns fall apart."""
    on = steps % max(1, len(able))
    return [*able[on:], *able[:on]]
