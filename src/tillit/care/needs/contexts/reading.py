"""Before a conversation is begun, and after it is finished."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens import queries as citizens
from tillit.care.needs import queries, rules
from tillit.care.needs.contexts.frame import crumbs
from tillit.foundation.access.actor import Actor
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumbs, Matters, MattersMore


@dataclass(frozen=True, slots=True)
class EarlierLine:
    """An earlier conversation."""

    href: str
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class StartPage:
    """needs/start.html: before a conversation is begun."""

    citizen_id: int
    crumbs: Crumbs
    title: str
    matters: Matters | None
    earlier: tuple["EarlierLine", ...]
    may_hold: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with what was written."""

    question: str
    text: str
    is_words: bool


@dataclass(frozen=True, slots=True)
class ReadPage:
    """needs/read.html: a finished conversation, as it was."""

    citizen_id: int
    crumbs: Crumbs
    title: str
    lead: str
    answers: tuple[Answer, ...]
    not_said: str
    facts: tuple[tuple[str, str], ...]


def start_page(*, actor: Actor, citizen_id: int, at: datetime, may_hold: bool) -> StartPage:
    """Return the page before a conversation. Raises NotFound out of reach."""
    citizen = citizens.get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    words = queries.newest_words((citizen.pk,)).get(citizen.pk)
    return StartPage(
        citizen_id=citizen.pk,
        crumbs=crumbs(citizen, _("Samtalen")),
        title=_("Hva er viktig for %(name)s?") % {"name": citizen.first_name},
        matters=_matters(citizen.first_name, words) if words else None,
        earlier=tuple(
            EarlierLine(
                href=reverse("needs:read", args=[citizen.pk, line.conversation_id]),
                title=_("Samtale %(day)s") % {"day": formats.short_date(line.held_on, page_language())},
                note=line.no_words_reason or line.saved_by,
            )
            for line in queries.list_conversations(citizen.pk)
            if line.state == queries.ConversationState.DONE
        ),
        may_hold=may_hold,
    )


def read_page(*, actor: Actor, conversation_id: int, at: datetime) -> ReadPage:
    """Return a conversation as it was written. Raises NotFound out of reach."""
    conversation = queries.get_conversation(actor=actor, conversation_id=conversation_id, at=at)
    citizen = conversation.citizen
    questions = queries.version_of(conversation.template).questions
    held = formats.short_date(conversation.held_on, page_language())
    facts = [(_("Sted"), conversation.place), (_("Med"), ", ".join(queries.names_in(conversation.pk)))]
    if conversation.agrees:
        facts.append((_("Kjente seg igjen"), str(queries.Agrees(conversation.agrees).label)))
    if conversation.review_on:
        facts.append((_("Ses på igjen"), formats.short_date(conversation.review_on, page_language())))
    return ReadPage(
        citizen_id=citizen.pk,
        crumbs=crumbs(citizen, _("Samtale %(day)s") % {"day": held}),
        title=_("Samtale %(day)s") % {"day": held},
        lead=_("Slik det ble skrevet. En avsluttet samtale endres ikke; begynn en ny når noe er annerledes."),
        answers=tuple(
            Answer(question.text, str(conversation.answers[question.code]), question.kind == rules.WORDS)
            for question in questions
            if conversation.answers.get(question.code)
        ),
        not_said=conversation.no_words_reason,
        facts=tuple((term, value) for term, value in facts if value),
    )


def _matters(first_name: str, words: queries.Words) -> Matters:
    more = []
    if words.good_days:
        more.append(MattersMore(_("Det gir gode dager"), words.good_days))
    if words.rather_not:
        more.append(MattersMore(_("Det vil %(name)s helst slippe") % {"name": first_name}, words.rather_not))
    return Matters(
        text=words.words,
        label=_("Sagt %(day)s") % {"day": formats.short_date(words.said_on, page_language())},
        more=tuple(more),
    )
