"""Keeping a letter as it was sent. Called in the transaction of whatever sends it."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import get_citizen, scope_of
from tillit.care.letters import queries, rendering, rules, wording
from tillit.care.letters.models import SentLetter
from tillit.care.letters.permissions import KEEP_LETTER
from tillit.care.letters.rules import LetterContent, Way
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused


class LetterNotReady(ActionRefused):
    """The letter lacks something the law wants in it. `gaps` says what."""

    def __init__(self, gaps: tuple[rules.Gap, ...]) -> None:
        super().__init__(_("Brevet kan ikke sendes. %(missing)s") % {"missing": " ".join(map(wording.gap_text, gaps))})
        self.gaps = gaps


class NoWay(ActionRefused):
    """It is not said how the letter is sent."""


@transaction.atomic
def keep_letter(
    *,
    actor: Actor,
    citizen_id: int,
    content: LetterContent,
    template_id: int | None,
    ways: Sequence[Way],
    at: datetime,
    scope: Scope | None = None,
) -> SentLetter:
    """Keep a letter for ever as it is sent now: its content, how it looks on the screen, and the PDF with its sum.

    template_id: from `Template.template_id`; None when the text is as shipped. Whether the actor may send this letter
    is asked by the caller; here she must reach the citizen and work with her. scope: what the letter concerns, when the
    caller has checked that she reaches that: a case may lie with an office that does not follow the citizen (R06).
    Raises NotFound, NotAllowed, NoWay, and LetterNotReady for whatever `rules.missing_parts` says blocks.
    """
    if scope is None:
        get_citizen(actor=actor, citizen_id=citizen_id, at=at)
        scope = scope_of(citizen_id, on=oslo.day_of(at))
    require(actor, KEEP_LETTER, scope)
    if not ways:
        raise NoWay(_("Si hvordan brevet skal sendes: digitalt, på papir eller begge deler."))
    if gaps := tuple(gap for gap in rules.missing_parts(content) if gap.blocks):
        raise LetterNotReady(gaps)
    if template_id is not None:
        queries.get_template(template_id)
    pdf = rendering.to_pdf(content)
    letter = SentLetter.objects.create(
        citizen_id=citizen_id,
        kind=content.kind,
        language=content.language,
        template_id=template_id,
        case_reference=content.head.case_reference[:100],
        title=content.title[:300],
        content=rules.write(content),
        html=rendering.as_html(content),
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
        ways=sorted({Way(way).value for way in ways}),
        copies_to=list(content.head.copies_to),
        made_by_id=actor.employee_id,
        made_at=at,
        sent_at=at,
    )
    audit.record(
        actor,
        KEEP_LETTER,
        str(letter),
        scope,
        at=at,
        change={"kind": content.kind, "language": content.language, "ways": letter.ways, "sha256": letter.sha256},
    )
    return letter
