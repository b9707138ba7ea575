"""Conversations about what matters, and their templates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from tillit.care.citizens import queries as citizens
from tillit.care.needs import rules
from tillit.care.needs.models import Conversation, ConversationTemplate, Participant, SetAside
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.workforce.queries import marks
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound

ConversationState = Conversation.State
Agrees = Conversation.Agrees

#: Fields of a conversation that are written like answers.
HELD_ON, PLACE, SHORT_WORDS, REVIEW_ON = "held_on", "place", "short_words", "review_on"
NO_WORDS_REASON, TRY_AGAIN_ON, AGREES = "no_words_reason", "try_again_on", "agrees"


def get_conversation(*, actor: Actor, conversation_id: int, at: datetime, lock: bool = False) -> Conversation:
    """Return the conversation with its citizen and template if the actor reaches the citizen; notes the reading.

    lock: hold the conversation's row until the transaction ends. Raises NotFound also when it exists out of reach.
    """
    found = Conversation.objects.select_related("citizen", "template", "saved_by")
    if lock:
        found = found.select_for_update(of=("self",))
    reached = citizens.readable(actor, on=oslo.day_of(at))
    try:
        conversation = found.get(pk=conversation_id, citizen__in=reached)
    except Conversation.DoesNotExist:
        raise NotFound(_("Fant ikke samtalen.")) from None
    reading.note(conversation.citizen_id)
    return conversation


@dataclass(frozen=True, slots=True)
class ConversationLine:
    """One conversation in a list."""

    conversation_id: int
    citizen_id: int
    state: str
    held_on: date
    place: str
    saved_at: datetime
    saved_by: str
    done_at: datetime | None
    no_words_reason: str
    try_again_on: date | None


def list_conversations(citizen_id: int) -> list[ConversationLine]:
    """Return the citizen's conversations that are not put away, newest first. Callers have checked reach."""
    rows = (
        Conversation.objects.filter(citizen_id=citizen_id)
        .exclude(state=Conversation.State.DROPPED)
        .select_related("saved_by")
        .order_by("-started_at", "-pk")
    )
    return [_line(row) for row in rows]


def drafts_of(citizen_ids: Iterable[int]) -> dict[int, ConversationLine]:
    """Return the draft of each citizen who has one. Callers have checked reach."""
    rows = Conversation.objects.filter(citizen_id__in=list(citizen_ids), state=Conversation.State.DRAFT).select_related(
        "saved_by"
    )
    return {row.citizen_id: _line(row) for row in rows}


def not_expressed_yet(citizen_ids: Iterable[int]) -> dict[int, ConversationLine]:
    """Return the newest finished conversation of each citizen when it ended without words. Callers checked reach."""
    newest: dict[int, Conversation] = {}
    rows = (
        Conversation.objects.filter(citizen_id__in=list(citizen_ids), state=Conversation.State.DONE)
        .select_related("saved_by")
        .order_by("done_at", "pk")
    )
    for row in rows:
        newest[row.citizen_id] = row
    return {citizen_id: _line(row) for citizen_id, row in newest.items() if row.no_words_reason}


def sheet_of(conversation: Conversation) -> dict[str, str]:
    """Return everything written in the conversation as field → text: answers by question code, and its own fields."""
    return {
        **{str(code): str(text) for code, text in conversation.answers.items()},
        HELD_ON: conversation.held_on.isoformat(),
        PLACE: conversation.place,
        SHORT_WORDS: conversation.short_words,
        REVIEW_ON: conversation.review_on.isoformat() if conversation.review_on else "",
        NO_WORDS_REASON: conversation.no_words_reason,
        TRY_AGAIN_ON: conversation.try_again_on.isoformat() if conversation.try_again_on else "",
        AGREES: conversation.agrees,
    }


@dataclass(frozen=True, slots=True)
class People:
    """Who took part besides the citizen."""

    employee_ids: frozenset[int]
    network_ids: frozenset[int]


def people_in(conversation_id: int) -> People:
    """Return who takes part in a conversation."""
    rows = list(
        Participant.objects.filter(conversation_id=conversation_id).values_list("employee_id", "network_member_id")
    )
    return People(
        employee_ids=frozenset(employee for employee, _own in rows if employee is not None),
        network_ids=frozenset(own for _employee, own in rows if own is not None),
    )


@dataclass(frozen=True, slots=True)
class Meeting:
    """A text that was set aside because somebody else had written in the same field."""

    set_aside_id: int
    field: str
    mine: str
    theirs: str
    theirs_by: str  # who wrote what stands there; empty when nobody is known


def meetings_of(conversation: Conversation, *, employee_id: int | None) -> list[Meeting]:
    """Return the texts of one writer that wait for her choice, each beside what stands there now."""
    sheet = sheet_of(conversation)
    rows = list(SetAside.objects.filter(conversation=conversation, written_by_id=employee_id, choice="").order_by("pk"))
    waiting = [row for row in rows if rules.mark(row.text) != rules.mark(sheet.get(row.field, ""))]
    names = writer_names(conversation) if waiting else {}
    return [
        Meeting(
            set_aside_id=row.pk,
            field=row.field,
            mine=row.text,
            theirs=sheet.get(row.field, ""),
            theirs_by=names.get(row.field, ""),
        )
        for row in waiting
    ]


def any_set_aside(conversation: Conversation) -> bool:
    """Whether a text waits for anybody's choice; one that says the same as what stands waits for nothing."""
    sheet = sheet_of(conversation)
    rows = SetAside.objects.filter(conversation=conversation, choice="").values_list("field", "text")
    return any(rules.mark(text) != rules.mark(sheet.get(field, "")) for field, text in rows)


def writer_names(conversation: Conversation) -> dict[str, str]:
    """Return who wrote each field last, where that is known."""
    by = {field: employee_id for field, (_page, employee_id) in conversation.writers.items()}
    names = {
        employee_id: mark.name for employee_id, mark in marks(employee_ids=[one for one in by.values() if one]).items()
    }
    return {field: names[employee_id] for field, employee_id in by.items() if employee_id in names}


@dataclass(frozen=True, slots=True)
class TemplateVersion:
    """One version of the conversation template."""

    template_id: int
    code: str
    version: int
    name: str
    in_use_from: date
    questions: tuple[rules.Question, ...]


def template_in_use(*, on: date) -> TemplateVersion | None:
    """Return the newest version that is in use on a day; None before any is shipped."""
    row = ConversationTemplate.objects.filter(in_use_from__lte=on).order_by("-in_use_from", "-version", "-pk").first()
    return version_of(row) if row else None


def list_templates() -> list[TemplateVersion]:
    """Return all versions, newest first."""
    return [version_of(row) for row in ConversationTemplate.objects.order_by("-version", "-pk")]


def version_of(row: ConversationTemplate) -> TemplateVersion:
    """Return a stored template as plain values."""
    questions: list[Mapping[str, object]] = row.questions
    return TemplateVersion(
        template_id=row.pk,
        code=row.code,
        version=row.version,
        name=row.name,
        in_use_from=row.in_use_from,
        questions=rules.read(questions),
    )


def _line(row: Conversation) -> ConversationLine:
    return ConversationLine(
        conversation_id=row.pk,
        citizen_id=row.citizen_id,
        state=row.state,
        held_on=row.held_on,
        place=row.place,
        saved_at=row.saved_at,
        saved_by=row.saved_by.name if row.saved_by else "",
        done_at=row.done_at,
        no_words_reason=row.no_words_reason,
        try_again_on=row.try_again_on,
    )
