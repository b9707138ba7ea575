"""Whom a check goes to: the first who is at work now and answers for it; the reason goes with the name."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tillit.care.observations.rules.reaction import Act


class Why(StrEnum):
    """Why it is hers. NOBODY: nobody who can is at work; the whole team sees it."""

    ACUTE = "ACUTE"
    NURSE = "NURSE"
    RESPONSIBLE = "RESPONSIBLE"
    MESSAGES = "MESSAGES"
    NOBODY = "NOBODY"


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Who is at work now in the units that the table gives it to.

    acute, messages: who holds that duty on the shift that is going on. nurses: in the order they are asked.
    responsible: those who answer for the citizen, the first one first, whether at work or not.
    """

    at_work: frozenset[int]
    acute: int | None
    nurses: tuple[int, ...]
    messages: int | None
    responsible: Sequence[int]


@dataclass(frozen=True, slots=True)
class Placed:
    """Whose it is, and why."""

    employee_id: int | None
    why: Why


def place(act: Act, on_duty: OnDuty) -> Placed:
    """Say whose a check is.

    What cannot wait goes to the one on acute duty, else a nurse at work. What can goes to the one who answers for the
    citizen if she is at work, else the same way. Without any of them: who holds the messages, else nobody.
    """
    responsible = next((one for one in on_duty.responsible if one in on_duty.at_work), None)
    nurse = next((one for one in on_duty.nurses if one in on_duty.at_work), None)
    acute = on_duty.acute if on_duty.acute in on_duty.at_work else None
    messages = on_duty.messages if on_duty.messages in on_duty.at_work else None
    urgent = [(acute, Why.ACUTE), (nurse, Why.NURSE)]
    calm = [(responsible, Why.RESPONSIBLE)]
    cannot_wait = act in (Act.CALL_113, Act.CALL_DOCTOR)
    in_order = [*(urgent + calm if cannot_wait else calm + urgent), (messages, Why.MESSAGES)]
    return next((Placed(one, why) for one, why in in_order if one is not None), Placed(None, Why.NOBODY))
