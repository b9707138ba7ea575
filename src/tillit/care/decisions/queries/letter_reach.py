"""Who reads a case's letters: what cases answer when letters ask (`letters.sources`), registered in `config.wiring`."""

from datetime import datetime

from tillit.care.decisions.queries.reach import reachable_cases
from tillit.care.letters.models import SentLetter
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo


def reaches_letter(*, actor: Actor, letter_id: int, at: datetime) -> bool:
    """Whether the actor reaches the case that a letter was sent in, also where her unit does not follow the citizen.

    A letter bears its case's number; the number is given once. Two queries.
    """
    number = SentLetter.objects.filter(pk=letter_id).values_list("case_reference", flat=True).first()
    # A letter that is not there, or belongs to no case, costs what one out of reach does: no case has no number.
    return reachable_cases(actor, on=oslo.day_of(at)).filter(number=number or "").exists()
