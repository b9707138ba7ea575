"""Letters for tests: whole and valid; override only what the test is about."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from tests.cast import MONDAY
from tillit.care.citizens.models import Citizen
from tillit.care.letters import actions, rendering, samples, shipped
from tillit.care.letters.models import SentLetter
from tillit.care.letters.rules import Language, LetterContent, LetterKind, Recipient, Way
from tillit.foundation.access.actor import Actor


def letter(
    kind: LetterKind = LetterKind.DECISION_GRANTED,
    language: Language = Language.BOKMAL,
    *,
    recipient: Recipient | None = None,
    dated: date | None = None,
    **fields: Any,
) -> LetterContent:
    """Return a whole letter made of the shipped template; fields given replace the sample's."""
    head = samples.head(language)
    head = replace(head, recipient=recipient or head.recipient, dated=dated or head.dated)
    return rendering.compose(shipped.template(kind, language), samples.fields(kind, language) | fields, head=head)


def sent_letter(
    actor: Actor, citizen: Citizen, *, content: LetterContent | None = None, at: datetime = MONDAY
) -> SentLetter:
    """Return a letter sent to the citizen."""
    return actions.keep_letter(
        actor=actor,
        citizen_id=citizen.pk,
        content=content or letter(),
        template_id=None,
        ways=(Way.DIGITAL,),
        at=at,
    )
