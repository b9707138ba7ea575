"""Saving a conversation while somebody types, also when two do."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens import queries as citizens
from tillit.care.needs import queries, rules
from tillit.care.needs.actions.opening import open_draft
from tillit.care.needs.models import Conversation, Participant, SetAside
from tillit.care.needs.permissions import HOLD_CONVERSATION
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel.errors import ActionRefused

SHORT_WORDS_LENGTH = 120
#: Fields with one value: the newest counts, there is nothing to put together.
_ONE_VALUE = frozenset({queries.HELD_ON, queries.REVIEW_ON, queries.TRY_AGAIN_ON, queries.AGREES})
#: Text fields of the conversation itself, with the room they have.
_ROOM = {queries.PLACE: 100, queries.SHORT_WORDS: SHORT_WORDS_LENGTH, queries.NO_WORDS_REASON: 200}


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save."""

    edition: int
    edition_before: int
    written: tuple[str, ...]
    met: tuple[str, ...]  # fields set aside: somebody else had written there
    fresh: tuple[str, ...]  # fields where somebody else has written and the writer has not
    unreadable: tuple[str, ...]  # dates that could not be read, texts that were too long: not stored
    is_as_sent: bool  # what is stored now is what the form said: nobody wrote anything the writer has not seen


@transaction.atomic
def save_conversation(
    *,
    actor: Actor,
    conversation_id: int,
    fields: Mapping[str, str],
    seen: Mapping[str, str],
    at: datetime,
    page_key: str = "",
    people: queries.People | None = None,
    people_seen: queries.People | None = None,
) -> Saved:
    """Save what stands in the form. Called again and again while somebody types.

    fields: field → text (question codes and the fields named in queries); fields the template does not know are left.
    seen: field → mark (`rules.mark`) of the text when it was shown. page_key: names the open page, so that it never
    meets itself. people, people_seen: who is ticked now, and was when the form was shown; None leaves them.
    Where somebody else has written in the same field meanwhile, her text stays, and this one is set aside for its
    writer to choose (`choose_text`).
    Raises NotFound, NotAllowed, NotDraft.
    """
    conversation, scope = open_draft(actor, conversation_id, at=at)
    edition_before = conversation.edition
    template = queries.version_of(conversation.template)
    codes = {question.code for question in template.questions}
    mine, unreadable = _readable(fields, codes)
    stored = queries.sheet_of(conversation)
    single = {field: text for field, text in mine.items() if field in _ONE_VALUE}
    own = {field for field, (key, _by) in conversation.writers.items() if page_key and key == page_key}
    merged = rules.merge(stored, {field: text for field, text in mine.items() if field not in single}, seen, own)
    changed_single = tuple(
        field
        for field, text in single.items()
        if rules.mark(text) != seen.get(field, rules.mark("")) and text != stored.get(field, "")
    )
    values = {**merged.values, **{field: single[field] for field in changed_single}}
    people_changed, people_as_sent = _change_people(conversation, people, people_seen)
    _set_aside(conversation, actor, {field: mine[field] for field in merged.met}, at=at)
    written = (*merged.written, *changed_single)
    if written or people_changed:
        _store(conversation, values, codes)
        conversation.writers = {
            **conversation.writers,
            **{field: [page_key, actor.employee_id] for field in written},
        }
        conversation.edition += 1
        conversation.saved_by_id = actor.employee_id
        conversation.saved_at = at
        conversation.save()
        audit.record(
            actor,
            HOLD_CONVERSATION,
            str(conversation),
            scope,
            at=at,
            change={"edition": conversation.edition, "fields": sorted(written), "people": people_changed},
        )
    is_as_sent = (
        people_as_sent
        and not unreadable
        and all(rules.mark(text) == rules.mark(mine.get(field, "")) for field, text in {**stored, **values}.items())
    )
    return Saved(
        edition=conversation.edition,
        edition_before=edition_before,
        written=written,
        met=merged.met,
        fresh=merged.fresh,
        unreadable=tuple(unreadable),
        is_as_sent=is_as_sent,
    )


@transaction.atomic
def choose_text(*, actor: Actor, conversation_id: int, set_aside_id: int, choice: str, at: datetime) -> Conversation:
    """Choose between one's own text that was set aside and the one that stands: "mine", "theirs" or "both".

    Only the writer chooses. Choosing what is chosen already changes nothing. Raises NotFound, NotAllowed, NotDraft.
    """
    conversation, scope = open_draft(actor, conversation_id, at=at)
    row = SetAside.objects.filter(
        conversation=conversation, pk=set_aside_id, written_by_id=actor.employee_id, choice=""
    ).first()
    if row is None:
        return conversation
    sheet = queries.sheet_of(conversation)
    theirs = sheet.get(row.field, "")
    chosen = {"mine": row.text, "theirs": theirs, "both": rules.both(theirs, row.text)}.get(choice)
    if chosen is None:
        raise ActionRefused(_("Velg hvilken tekst som skal stå."))
    room = _ROOM.get(row.field)
    if room is not None and len(chosen) > room:
        raise ActionRefused(_("Begge tekstene får ikke plass her. Velg en av dem."))
    codes = {question.code for question in queries.version_of(conversation.template).questions}
    _store(conversation, {**sheet, row.field: chosen}, codes)
    conversation.writers = {**conversation.writers, row.field: ["", actor.employee_id]}
    conversation.edition += 1
    conversation.saved_by_id = actor.employee_id
    conversation.saved_at = at
    conversation.save()
    audit.record(
        actor,
        HOLD_CONVERSATION,
        str(conversation),
        scope,
        at=at,
        change={"edition": conversation.edition, "chose": choice, "fields": [row.field]},
    )
    row.choice = choice
    row.save(update_fields=["choice"])
    return conversation


def _readable(fields: Mapping[str, str], codes: Collection[str]) -> tuple[dict[str, str], list[str]]:
    """Return the fields that can be stored, and the names of those that cannot be read or do not fit."""
    found: dict[str, str] = {}
    unreadable: list[str] = []
    for field, raw in fields.items():
        text = raw.strip()
        if field in codes:
            found[field] = raw
        elif field in _ROOM:
            if len(text) <= _ROOM[field]:
                found[field] = text
            else:
                unreadable.append(field)
        elif field in {queries.HELD_ON, queries.REVIEW_ON, queries.TRY_AGAIN_ON}:
            if _is_day(text) or (not text and field != queries.HELD_ON):
                found[field] = text
            else:
                unreadable.append(field)
        elif field == queries.AGREES and text in {"", *Conversation.Agrees.values}:
            found[field] = text
    return found, unreadable


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _store(conversation: Conversation, values: Mapping[str, str], codes: Collection[str]) -> None:
    conversation.answers = {code: text for code, text in values.items() if code in codes and text}
    conversation.held_on = date.fromisoformat(values[queries.HELD_ON])
    conversation.place = values[queries.PLACE]
    conversation.short_words = values[queries.SHORT_WORDS]
    conversation.review_on = _day_or_none(values[queries.REVIEW_ON])
    conversation.no_words_reason = values[queries.NO_WORDS_REASON]
    conversation.try_again_on = _day_or_none(values[queries.TRY_AGAIN_ON])
    conversation.agrees = values[queries.AGREES]


def _day_or_none(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _set_aside(conversation: Conversation, actor: Actor, texts: Mapping[str, str], *, at: datetime) -> None:
    for field, text in texts.items():
        row = SetAside.objects.filter(
            conversation=conversation, field=field, written_by_id=actor.employee_id
        ).first() or SetAside(conversation=conversation, field=field, written_by_id=actor.employee_id)
        if row.pk is not None and row.text == text:
            continue  # waits already, or has been chosen: a page left open does not ask again
        row.text, row.written_at, row.choice = text, at, ""
        row.save()


def _change_people(
    conversation: Conversation, people: queries.People | None, seen: queries.People | None
) -> tuple[bool, bool]:
    """Add those ticked since the form was shown, take out those no longer ticked; others' ticks stay.

    Returns whether anything was changed, and whether those who take part now are those who are ticked.
    """
    if people is None:
        return False, True
    before = seen or queries.People(frozenset(), frozenset())
    now = queries.people_in(conversation.pk)
    possible = {found.employee_id for found in citizens.colleagues_of(conversation.citizen_id, on=conversation.held_on)}
    own = set(conversation.citizen.network.values_list("pk", flat=True))
    add_colleagues = ((people.employee_ids - before.employee_ids) - now.employee_ids) & possible
    add_own = ((people.network_ids - before.network_ids) - now.network_ids) & own
    out_colleagues = (before.employee_ids - people.employee_ids) & now.employee_ids
    out_own = (before.network_ids - people.network_ids) & now.network_ids
    rows = Participant.objects.filter(conversation=conversation)
    if out_colleagues:
        rows.filter(employee_id__in=out_colleagues).delete()
    if out_own:
        rows.filter(network_member_id__in=out_own).delete()
    Participant.objects.bulk_create(
        [
            *(Participant(conversation=conversation, employee_id=found) for found in sorted(add_colleagues)),
            *(Participant(conversation=conversation, network_member_id=found) for found in sorted(add_own)),
        ]
    )
    after = queries.People((now.employee_ids - out_colleagues) | add_colleagues, (now.network_ids - out_own) | add_own)
    return bool(add_colleagues or add_own or out_colleagues or out_own), after == people
