"""A draft while it is written: the form, and the answer to each save."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens import queries as citizens
from tillit.care.needs import queries, rules
from tillit.care.needs.actions import Saved
from tillit.care.needs.contexts.frame import crumbs
from tillit.care.needs.models import Conversation
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumbs, ToggleGroup, ToggleLink

FIELD = "f-"
MARK = "m-"


@dataclass(frozen=True, slots=True)
class QuestionField:
    """One question with what is written so far."""

    field: str
    name: str
    id: str
    text: str
    help: str
    value: str
    is_words: bool
    rows: int


@dataclass(frozen=True, slots=True)
class PartCard:
    """Questions under one heading."""

    title: str
    fields: tuple[QuestionField, ...]
    written: bool = field(metadata={"help": "True when something is written in it"})


@dataclass(frozen=True, slots=True)
class Mark:
    """What a field held when it was shown: hidden, sent back with every save."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class PersonBox:
    """Somebody who may have taken part."""

    value: str
    id: str
    name: str
    note: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class MeetingCard:
    """Two texts in the same field."""

    set_aside_id: int
    question: str
    mine: str
    theirs: str
    who: str


@dataclass(frozen=True, slots=True)
class Day:
    """A field for a day."""

    name: str
    id: str
    value: str


@dataclass(frozen=True, slots=True)
class AgreesChoice:
    """Whether the citizen knows herself again."""

    value: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class ConversationPage:
    """needs/conversation.html: a draft while it is written."""

    citizen_id: int
    conversation_id: int
    first_name: str
    crumbs: Crumbs
    title: str
    lead: str
    edition: int
    page_key: str
    user_key: str = field(metadata={"help": "Keeps two users of one machine apart in the browser's own drafts"})
    toggle: ToggleGroup
    short: bool
    first: PartCard
    parts: tuple[PartCard, ...]
    marks: tuple[Mark, ...]
    colleagues: tuple[PersonBox, ...]
    own: tuple[PersonBox, ...]
    people_seen: str
    own_seen: str
    who: str = field(metadata={"help": "Who took part, in one line"})
    held_on: Day
    place: str
    short_words: str
    review_on: Day
    agrees: tuple[AgreesChoice, ...]
    no_words_reason: str
    try_again_on: Day
    meetings: tuple[MeetingCard, ...]
    saved_text: str
    refused: str = field(metadata={"help": "Why it could not be finished; empty else"})


@dataclass(frozen=True, slots=True)
class SavedPage:
    """needs/saved.html: the answer to a save while somebody types."""

    citizen_id: int
    conversation_id: int
    text: str
    tone: str = field(metadata={"help": "ok, or warning when something was not stored"})
    edition: int
    marks: tuple[Mark, ...]
    people_seen: str
    own_seen: str
    fresh: tuple[str, ...] = field(metadata={"help": "Who has written where, one sentence each"})
    meetings: tuple[MeetingCard, ...]


def conversation_page(
    *, actor: Actor, conversation_id: int, at: datetime, page_key: str, short: bool, refused: str = ""
) -> ConversationPage:
    """Return a draft with everything written in it. Raises NotFound out of reach."""
    conversation = queries.get_conversation(actor=actor, conversation_id=conversation_id, at=at)
    citizen = conversation.citizen
    today = oslo.day_of(at)
    sheet = queries.sheet_of(conversation)
    questions = queries.version_of(conversation.template).questions
    shown = [question for question in questions if question.short or not short or question.code == rules.WORDS]
    cards = [_card(part, sheet) for part in rules.parts_of(shown)]
    first = next(card for card in cards if any(question.is_words for question in card.fields))
    people = queries.people_in(conversation.pk)
    colleagues = tuple(
        PersonBox(
            value=str(one.employee_id),
            id=f"kollega-{one.employee_id}",
            name=one.name,
            note=one.profession_name.lower(),
            ticked=one.employee_id in people.employee_ids,
        )
        for one in citizens.colleagues_of(citizen.pk, on=today)
    )
    own = tuple(
        PersonBox(
            value=str(line.member_id),
            id=f"egen-{line.member_id}",
            name=line.name,
            note=line.relation or line.kind_name,
            ticked=line.member_id in people.network_ids,
        )
        for line in citizens.around(citizen.pk, on=today, at=at).network
    )
    here = reverse("needs:conversation", args=[citizen.pk])
    return ConversationPage(
        citizen_id=citizen.pk,
        conversation_id=conversation.pk,
        first_name=citizen.first_name,
        crumbs=crumbs(citizen, _("Samtalen")),
        title=_("Hva er viktig for %(name)s?") % {"name": citizen.first_name},
        lead=_("Det du skriver, lagres mens du skriver. Ingenting må fylles ut, bortsett fra ordene."),
        edition=conversation.edition,
        page_key=page_key,
        user_key=str(actor.user_id or 0),
        toggle=ToggleGroup(
            label=_("Hvor mye av samtalen"),
            options=(
                ToggleLink(_("Hele samtalen"), here, current=not short),
                ToggleLink(_("Kort samtale"), f"{here}?vis=kort", current=short),
            ),
        ),
        short=short,
        first=first,
        parts=tuple(card for card in cards if card is not first),
        marks=marks_of({**dict.fromkeys((question.code for question in questions), ""), **sheet}),
        colleagues=colleagues,
        own=own,
        people_seen=_joined_ids(people.employee_ids),
        own_seen=_joined_ids(people.network_ids),
        who=", ".join(box.name for box in (*colleagues, *own) if box.ticked),
        held_on=Day(FIELD + queries.HELD_ON, "held", sheet[queries.HELD_ON]),
        place=sheet[queries.PLACE],
        short_words=sheet[queries.SHORT_WORDS],
        review_on=Day(FIELD + queries.REVIEW_ON, "review", sheet[queries.REVIEW_ON]),
        agrees=tuple(
            AgreesChoice(choice.value, str(choice.label), checked=sheet[queries.AGREES] == choice.value)
            for choice in queries.Agrees
        ),
        no_words_reason=sheet[queries.NO_WORDS_REASON],
        try_again_on=Day(FIELD + queries.TRY_AGAIN_ON, "again", sheet[queries.TRY_AGAIN_ON]),
        meetings=meeting_cards(conversation, employee_id=actor.employee_id),
        saved_text=_saved_text(conversation),
        refused=refused,
    )


def saved_page(
    *, actor: Actor, conversation_id: int, at: datetime, saved: Saved, fields: Mapping[str, str], shown_edition: int
) -> SavedPage:
    """Return the answer to a save. Marks follow what the page now shows, not what others have written."""
    conversation = queries.get_conversation(actor=actor, conversation_id=conversation_id, at=at)
    sheet = queries.sheet_of(conversation)
    titles = _titles(conversation)
    writers = queries.writer_names(conversation) if saved.fresh else {}
    left = {*saved.met, *saved.fresh, *saved.unreadable}
    people = queries.people_in(conversation.pk)
    text, tone = _("Lagret kl. %(clock)s") % {"clock": formats.clock(at, page_language())}, "ok"
    if saved.unreadable:
        tone = "warning"
        text = _("Ikke lagret: %(fields)s. Se etter om datoen finnes, eller om teksten er for lang.") % {
            "fields": ", ".join(titles.get(name, name) for name in saved.unreadable)
        }
    elif saved.met:
        tone = "warning"
        text = _("Noen andre skrev samme sted. Teksten din er tatt vare på.")
    return SavedPage(
        citizen_id=conversation.citizen_id,
        conversation_id=conversation.pk,
        text=text,
        tone=tone,
        edition=shown_edition,
        marks=tuple(Mark(MARK + name, rules.mark(sheet.get(name, ""))) for name in fields if name not in left),
        people_seen=_joined_ids(people.employee_ids),
        own_seen=_joined_ids(people.network_ids),
        fresh=tuple(
            _("%(name)s har skrevet under «%(field)s».")
            % {"name": writers.get(name) or _("Noen andre"), "field": titles.get(name, name)}
            for name in saved.fresh
        ),
        meetings=meeting_cards(conversation, employee_id=actor.employee_id),
    )


def marks_of(sheet: Mapping[str, str]) -> tuple[Mark, ...]:
    """Return the marks of everything written now."""
    return tuple(Mark(MARK + name, rules.mark(text)) for name, text in sheet.items())


def meeting_cards(conversation: Conversation, *, employee_id: int | None) -> tuple[MeetingCard, ...]:
    """Return the texts that wait for this writer's choice."""
    titles = _titles(conversation)
    return tuple(
        MeetingCard(
            set_aside_id=found.set_aside_id,
            question=titles.get(found.field, found.field),
            mine=found.mine,
            theirs=found.theirs,
            who=found.theirs_by,
        )
        for found in queries.meetings_of(conversation, employee_id=employee_id)
    )


def _card(part: rules.Part, sheet: Mapping[str, str]) -> PartCard:
    fields = tuple(
        QuestionField(
            field=question.code,
            name=FIELD + question.code,
            id=f"sp-{question.code}",
            text=question.text,
            help=question.help,
            value=sheet.get(question.code, ""),
            is_words=question.kind == rules.WORDS,
            rows=max(4 if question.kind == rules.WORDS else 3, sheet.get(question.code, "").count("\n") + 2),
        )
        for question in part.questions
    )
    return PartCard(title=part.title, fields=fields, written=any(one.value for one in fields))


def _titles(conversation: Conversation) -> dict[str, str]:
    return {
        **{question.code: question.text for question in queries.version_of(conversation.template).questions},
        queries.HELD_ON: _("Når samtalen var"),
        queries.PLACE: _("Hvor dere var"),
        queries.SHORT_WORDS: _("Kort, til lister"),
        queries.REVIEW_ON: _("Når vi ses på det igjen"),
        queries.NO_WORDS_REASON: _("Hvorfor ønskene ikke er sagt ennå"),
        queries.TRY_AGAIN_ON: _("Når vi prøver igjen"),
        queries.AGREES: _("Om brukeren kjenner seg igjen"),
    }


def _saved_text(conversation: Conversation) -> str:
    when = formats.date_and_time(conversation.saved_at, page_language())
    if conversation.saved_by is None:
        return _("Sist lagret %(when)s") % {"when": when}
    return _("Sist lagret %(when)s av %(name)s") % {
        "when": when,
        "name": conversation.saved_by.name,
    }


def _joined_ids(ids: frozenset[int]) -> str:
    return ",".join(str(one) for one in sorted(ids))
