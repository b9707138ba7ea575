"""Where the things lie that an address names inside another: a conversation in a citizen's, an offer in a case.

Only what the app does not itself ask for together with its parent; tests/policy/test_nested.py crosses every address.
"""

from collections.abc import Mapping
from typing import Any

from django.apps import apps

#: By the thing's code (`access.naming`): its model, and which field each other name of the address must agree with.
PLACES: dict[str, tuple[str, dict[str, str]]] = {
    "conversation": ("needs.Conversation", {"citizen_id": "citizen_id"}),
    "goal": ("careplans.Goal", {"citizen_id": "plan__citizen_id"}),
    "consent": ("consents.Consent", {"citizen_id": "citizen_id"}),
    "own_consent": ("consents.Consent", {"citizen_id": "citizen_id"}),
    "asked": ("evaluations.Asked", {"citizen_id": "evaluation__goal__plan__citizen_id"}),
    "own_visit": ("visits.Visit", {"citizen_id": "citizen_id"}),
    "holding": ("decisions.Holding", {"case_id": "case_id"}),
    "proposal": ("planning.Proposal", {"unit_id": "lists__unit_id"}),
    "proposed": ("planning.ProposedChange", {"proposal_id": "proposal_id"}),
    "time_mark": ("insight.TimeMark", {"unit_id": "unit_id"}),
    "shift": ("workforce.Shift", {"unit_id": "unit_id"}),
}


def place_of(*, code: str, number: int, names: frozenset[str]) -> Mapping[str, Any] | None:
    """Return the numbers that the other names of the address must have; None when there is no such thing."""
    label, fields = PLACES.get(code, ("", {}))
    wanted = {name: field for name, field in fields.items() if name in names}
    if not wanted:
        return {}
    row = apps.get_model(label)._default_manager.filter(pk=number).values_list(*wanted.values()).first()
    return None if row is None else dict(zip(wanted, row, strict=True))
