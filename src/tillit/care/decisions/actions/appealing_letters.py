"""An appeal's letters, kept in the transaction of the act that sends them."""

from datetime import date, datetime

from tillit.care.decisions.actions.appealing_steps import AppealBlocked, OpenedAppeal
from tillit.care.decisions.queries import appeal_letters
from tillit.care.decisions.queries.letter_fields import LetterDraft
from tillit.care.decisions.rules.appeal_steps import Missing
from tillit.care.letters.actions import keep_letter
from tillit.care.letters.models import SentLetter
from tillit.care.letters.rules import Way
from tillit.foundation.access.actor import Actor


def keep_receipt(
    *, actor: Actor, opened: OpenedAppeal, ways: tuple[Way, ...], answer_by: date, at: datetime
) -> SentLetter:
    """Keep the letter that says that the appeal has come. Raises LetterNotReady, NoWay."""
    letter = appeal_letters.receipt(opened.appeal, actor=actor, answer_by=answer_by, on=opened.today)
    return _keep(actor, opened, letter, ways, at=at)


def keep_forwarding(
    *, actor: Actor, opened: OpenedAppeal, ways: tuple[Way, ...], reply_by: date, at: datetime
) -> SentLetter:
    """Keep the letter that goes with the appeal to the county governor; the party gets the same one."""
    letter = appeal_letters.forwarding(opened.appeal, actor=actor, reply_by=reply_by, on=opened.today)
    return _keep(actor, opened, letter, ways, at=at)


def keep_dismissal(*, actor: Actor, opened: OpenedAppeal, ways: tuple[Way, ...], at: datetime) -> SentLetter:
    """Keep the decision that the appeal is dismissed."""
    return _keep(actor, opened, appeal_letters.dismissal(opened.appeal, actor=actor, on=opened.today), ways, at=at)


def _keep(
    actor: Actor, opened: OpenedAppeal, letter: LetterDraft, ways: tuple[Way, ...], *, at: datetime
) -> SentLetter:
    if letter.stops:
        raise AppealBlocked((Missing.LETTER_INCOMPLETE,))
    return keep_letter(
        actor=actor,
        citizen_id=opened.case.citizen_id,
        content=letter.content,
        template_id=letter.template_id,
        ways=ways,
        at=at,
        scope=opened.scope,
    )
