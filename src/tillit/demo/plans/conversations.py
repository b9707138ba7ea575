"""Writes conversations and what matters, as the citizens said it."""

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tillit.care.journal.models import EntryKind
from tillit.care.needs.models import Conversation, Participant, WhatMatters
from tillit.demo.days.signing import Signer
from tillit.demo.people.citizens import Person
from tillit.demo.people.staff import Member
from tillit.demo.store import Store
from tillit.kernel import oslo

_EARLIER = (
    "Jeg vil klare meg selv så langt det går.",
    "Bli kvitt smertene, så ordner resten seg.",
    "Komme hjem fra sykehuset og sove i egen seng.",
    "Bare la meg få være i fred om morgenen.",
    "Jeg vet ikke ennå. Spør meg igjen når jeg er kommet i orden.",
    "At kona mi slipper å løfte meg.",
    "Få tilbake matlysten.",
    "Ha det som før.",
    "Slippe å ringe datteren for alt mulig.",
    "Komme meg ut før snøen.",
)
_DAY_WORKS = (
    "Står opp selv og lager kaffe. Blir trøtt utpå dagen.",
    "Formiddagen er best. Etter middag er det tungt.",
    "Sover til ni. Leser avisa. Går en liten tur når det er tørt.",
    "Kommer seg rundt inne. Går ikke ut alene.",
)
_MISSED = (
    "Savner å gå til butikken.",
    "Har sluttet å bake.",
    "Savner å kjøre bil.",
    "Har ikke vært i kirka siden i vinter.",
    "Savner noen å spise middag med.",
)
_STRENGTHS = (
    "Sta, og god til å si fra.",
    "Klarer økonomien selv.",
    "Har orden på medisinene når lista er tydelig.",
    "Flink med hendene.",
    "Godt humør, også på dårlige dager.",
)
_AROUND = (
    "Datteren kommer i helgene. Naboen har nøkkel.",
    "To sønner i byen. Trygghetsalarm.",
    "Bor alene. Har telefonvenn på torsdager.",
    "Ektefellen er frisk og hjelper mye.",
    "Rullator, dusjstol og gode naboer.",
)
_WORRIES = (
    "Redd for å falle på badet.",
    "Spiser lite.",
    "Sover dårlig.",
    "Datteren er sliten.",
    "Ingen ting spesielt nå.",
    "Blir svimmel når hun reiser seg.",
)


@dataclass(frozen=True, slots=True)
class Context:
    """What all plans of a team share."""

    store: Store
    anchor: date
    members: dict[int, Member]
    competences: dict[str, int]
    template_id: int
    signer: Signer
    is_story: bool  # the team the screens speak of: what is overdue there is written by hand


def converse(context: Context, draw: random.Random, person: Person) -> None:
    """Write the conversation and what matters; one in six of the longer known had an earlier one as well."""
    story, voice = person.curated, person.voice
    last = (person.after or context.anchor) - timedelta(days=1)
    if story is not None and story.is_new:
        return
    days_ago = story.said_days_ago if story else draw.randrange(8, 400)
    said_on = max(person.first + timedelta(days=draw.randrange(2, 9)), last - timedelta(days=days_ago))
    if story is not None and story.since_days:
        said_on = context.anchor - timedelta(days=story.said_days_ago)
    said_on = min(said_on, last)
    if story is not None:
        words, short, good, rather = story.words, story.short, story.good_days, story.rather_not
    else:
        assert voice is not None
        words, short, good, rather = voice.words, voice.short, voice.good_days, voice.rather_not
    if story is None and person.archetype == "dementia" and draw.random() < 0.3:
        _no_words_yet(context, draw, person, said_on)
        return
    if said_on - person.first > timedelta(days=150) and draw.random() < 0.17:
        earlier = said_on - timedelta(days=draw.randrange(90, 140))
        _write_words(context, draw, person, earlier, draw.choice(_EARLIER), "", "", "", [person.service_id])
    with_ids = [person.service_id]
    if story is not None:
        known = {one.initials: one.id for one in reversed(list(context.members.values()))}
        with_ids = [known[initials] for initials in story.said_with if initials in known]
    elif person.primary_id and person.primary_id != person.service_id:
        with_ids.append(person.primary_id)
    person.matters_id = _write_words(context, draw, person, said_on, words, short, good, rather, with_ids)


def _write_words(
    context: Context,
    draw: random.Random,
    person: Person,
    said_on: date,
    words: str,
    short: str,
    good: str,
    rather: str,
    with_ids: list[int],
) -> int:
    store = context.store
    held_at = datetime.combine(said_on, time(draw.randrange(10, 14), 30), tzinfo=oslo.OSLO)
    aims = person.curated.aims if person.curated else ()
    answers = {
        "words": words,
        "good_days": good,
        "rather_not": rather,
        "day_works": draw.choice(_DAY_WORKS),
        "day_missed": draw.choice(_MISSED),
        "strengths": draw.choice(_STRENGTHS),
        "around": draw.choice(_AROUND),
        "worries": draw.choice(_WORRIES),
        "wishes": "\n".join(aim.words for aim in aims),
        "summary": "Lest høyt. Kjente seg igjen.",
    }
    writer = with_ids[0] if with_ids else None
    conversation_id = store.add(
        Conversation,
        citizen_id=person.id,
        template_id=context.template_id,
        state="DONE",
        held_on=said_on,
        place="Hjemme",
        answers={code: text for code, text in answers.items() if text},
        started_by_id=writer,
        started_at=held_at,
        saved_by_id=writer,
        saved_at=held_at + timedelta(minutes=70),
        done_at=held_at + timedelta(minutes=75),
    )
    context.signer.sign(
        EntryKind.TALK,
        conversation_id,
        citizen_id=person.id,
        author_id=writer,
        happened_at=held_at + timedelta(minutes=75),
        at=held_at + timedelta(minutes=75),
    )
    person.conversation_id = conversation_id
    for employee_id in dict.fromkeys(with_ids):
        store.add(Participant, conversation_id=conversation_id, employee_id=employee_id)
    if person.kin and (person.curated is not None or draw.random() < 0.4):
        store.add(Participant, conversation_id=conversation_id, network_member_id=person.kin[0])
    review_on = said_on + timedelta(days=92 if person.curated else draw.choice((92, 183, 183, 365)))
    return store.add(
        WhatMatters,
        citizen_id=person.id,
        conversation_id=conversation_id,
        words=words,
        short_words=short,
        good_days=good,
        rather_not=rather,
        said_on=said_on,
        review_on=review_on,
        recorded_by_id=writer,
        recorded_at=held_at + timedelta(minutes=75),
    )


def _no_words_yet(context: Context, draw: random.Random, person: Person, on: date) -> None:
    at = datetime.combine(on, time(11), tzinfo=oslo.OSLO)
    conversation_id = context.store.add(
        Conversation,
        citizen_id=person.id,
        template_id=context.template_id,
        state="DONE",
        held_on=on,
        place="Hjemme",
        answers={"around": draw.choice(_AROUND)},
        no_words_reason="Orket ikke i dag. Vi prøver igjen når datteren er her.",
        try_again_on=max(on + timedelta(days=21), context.anchor + timedelta(days=draw.randrange(1, 15))),
        started_by_id=person.service_id,
        started_at=at,
        saved_by_id=person.service_id,
        saved_at=at,
        done_at=at,
    )
    context.signer.sign(
        EntryKind.TALK,
        conversation_id,
        citizen_id=person.id,
        author_id=person.service_id,
        happened_at=at,
        at=at,
    )
