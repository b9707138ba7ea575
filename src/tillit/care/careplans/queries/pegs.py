"""What in a citizen's plan notes can hang on: goals and interventions, by their lines."""

from collections.abc import Iterable

from django.db.models import Q

from tillit.care.careplans.models import Goal, Intervention
from tillit.care.journal.rules.pegs import Peg, PegKind

_ROWS = {PegKind.GOAL: (Goal, "words"), PegKind.INTERVENTION: (Intervention, "title")}


def named_pegs(citizen_id: int, wanted: Iterable[Peg]) -> tuple[Peg, ...]:
    """Return those of the pegs that are the citizen's, in any version of her plan, with their newest words.

    One that is not hers is passed over. One query for each kind that is asked for. Callers have checked reach.
    """
    pegs = tuple(wanted)
    words: dict[tuple[PegKind, int], str] = {}
    for kind, (model, column) in _ROWS.items():
        lines = [peg.line for peg in pegs if peg.kind is kind]
        if not lines:
            continue
        rows = model._default_manager.filter(Q(line__in=lines) | Q(line__isnull=True, pk__in=lines))
        for pk, line, text in rows.filter(plan__citizen_id=citizen_id).order_by("pk").values_list("pk", "line", column):
            words[kind, line or pk] = text
    return tuple(Peg(peg.kind, peg.line, words[peg.kind, peg.line]) for peg in pegs if (peg.kind, peg.line) in words)
