"""Making the day take more, before anybody is away: the changes that were found become a proposal like the others."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.kernel.errors import ActionRefused
from tillit.teamwork.planning import queries
from tillit.teamwork.planning.actions.desk import note, open_desk
from tillit.teamwork.planning.actions.proposed import outdate, store_answer, undecided
from tillit.teamwork.planning.models import Proposal
from tillit.teamwork.planning.permissions import ALLOCATE
from tillit.teamwork.planning.queries.lists import from_json
from tillit.teamwork.planning.rules import changes, grouping, reasons, sturdier
from tillit.teamwork.planning.rules.presets import Preset


class StrengthOutdated(ActionRefused):
    """The lists have changed since it was reckoned what they can take."""


@transaction.atomic
def propose_sturdier(*, actor: Actor, unit_id: int, on: date, shift_kind: str, edition: int, at: datetime) -> Proposal:
    """Lay the changes that let the lists take more before people, to accept one by one. The lists stay as they are.

    An older proposal that is not decided is outdated, as when one asks for a new one.
    Raises NotFound, NotAllowed, ListsChangedMeanwhile, StrengthOutdated.
    """
    from tillit.teamwork.planning.adapter.answer import Answer  # numba is slow to load: only where it is needed

    desk = open_desk(
        actor=actor, unit_id=unit_id, on=on, shift_kind=shift_kind, edition=edition, permission=ALLOCATE, at=at
    )
    found = queries.strength_of_lists(desk.lists.pk)
    stored = found.answer.get("sturdier", {}) if found is not None and found.edition == edition else {}
    if found is None or not stored.get("changes"):
        raise StrengthOutdated(
            _("Listene er endret siden dette ble regnet ut. Regn på nytt, så ser du hva som hjelper.")
        )
    day = desk.team_day.day
    visit_ids = [int(visit_id) for each in stored["changes"] for visit_id in each["visits"]]
    rows = changes.replaced(
        day.rows, visit_ids, [row for each in stored["changes"] for row in from_json(each["after"])]
    )
    made = []
    for group in grouping.group(day, rows):
        grounds = reasons.grounds(day, group, proposed=rows, now=at)
        wins = sturdier.reasons_for(day, stored, group.visits)
        made.append((group, reasons.Grounds((*wins, *grounds.reasons), grounds.next_best, grounds.extra)))
    outdate(undecided(desk.lists))
    proposal = Proposal.objects.create(
        lists=desk.lists,
        asked_at=at,
        asked_by_id=actor.employee_id,
        based_on_edition=edition,
        keep_present=True,
        preset=Preset.KNOWN_FACES,
    )
    answer = Answer(
        rows=rows, uncovered=(), why={}, seconds=float(found.answer["seconds"]), iterations=int(stored["tried"]),
        ended="time", travel_faults=tuple(code for code in found.answer["travel"] if code != "ESTIMATE"),
    )  # fmt: skip
    store_answer(proposal, day=day, answer=answer, asked={}, made=made, edition=edition)
    note(desk, ALLOCATE, {"what": "ASK", "proposal": proposal.pk}, visit_ids)
    proposal.refresh_from_db()
    return proposal
