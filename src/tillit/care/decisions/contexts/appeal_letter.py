"""decisions/appeal_letter.html: a letter about an appeal, to be looked at and sent."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.decisions.contexts.words import short_date
from tillit.care.decisions.models import Appeal
from tillit.care.decisions.queries import practice_on, targets
from tillit.care.decisions.queries.appeal_letters import forwarding, receipt
from tillit.care.decisions.queries.letter_fields import LetterDraft
from tillit.care.letters.rendering import LetterView, view_of
from tillit.care.letters.wording import gap_text
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.ui.parts import Crumb, Crumbs

REPLY_DAYS = 14


@dataclass(frozen=True, slots=True)
class AppealLetterPage:
    """decisions/appeal_letter.html."""

    appeal_id: int
    edition: int
    crumbs: Crumbs
    title: str
    lead: str
    submit: str
    action: str
    back_href: str
    day: date = field(metadata={"help": "The day suggested in the form"})
    letter: LetterView
    missing: tuple[str, ...] = field(metadata={"help": "What the letter lacks, in words"})


def receipt_page(appeal: Appeal, *, actor: Actor, at: datetime) -> AppealLetterPage:
    """Return the page with the letter that says that an appeal has come. The appeal has been reached."""
    today = oslo.day_of(at)
    target = appeal.received_on + timedelta(days=targets(practice_on(today)).review)
    day = max(target, today + timedelta(days=7))
    return _page(
        appeal,
        receipt(appeal, actor=actor, answer_by=day, on=today),
        title=_("Si fra at klagen er mottatt"),
        lead=_("Brevet sier hva som skjer nå, og hva som mangler hvis noe mangler."),
        submit=_("Send brevet"),
        action=reverse("decisions:appeal_receipt", args=[appeal.pk]),
        day=day,
    )


def forward_page(appeal: Appeal, *, actor: Actor, at: datetime) -> AppealLetterPage:
    """Return the page with the letter that goes to the county governor and, as a copy, to the party."""
    today = oslo.day_of(at)
    day = today + timedelta(days=REPLY_DAYS)
    return _page(
        appeal,
        forwarding(appeal, actor=actor, reply_by=day, on=today),
        title=_("Send klagen til Statsforvalteren"),
        lead=_("Den som klager, får det samme brevet med det dere har skrevet. Dette kan ikke angres."),
        submit=_("Send klagen videre"),
        action=reverse("decisions:forward_appeal", args=[appeal.pk]),
        day=day,
    )


def _page(
    appeal: Appeal, letter: LetterDraft, *, title: str, lead: str, submit: str, action: str, day: date
) -> AppealLetterPage:
    back = reverse("decisions:appeal", args=[appeal.pk])
    return AppealLetterPage(
        appeal_id=appeal.pk,
        edition=appeal.edition,
        crumbs=Crumbs(
            (
                Crumb(_("Saker"), reverse("decisions:queue")),
                Crumb(_("Klager"), reverse("decisions:appeals")),
                Crumb(_("Klage mottatt %(day)s") % {"day": short_date(appeal.received_on)}, back),
                Crumb(_("Brev")),
            )
        ),
        title=title,
        lead=lead,
        submit=submit,
        action=action,
        back_href=back,
        day=day,
        letter=view_of(letter.content),
        missing=tuple(gap_text(gap) for gap in letter.gaps if gap.blocks),
    )
