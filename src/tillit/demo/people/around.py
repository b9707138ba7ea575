"""Around a citizen: who answers for her, network, alerts, wishes, and when she was away."""

import random
from datetime import date, datetime, time, timedelta

from tillit.care.citizens.models import (
    Alert,
    HelperWish,
    NetworkMember,
    Responsible,
    Whereabouts,
    WhereaboutsFollowUp,
)
from tillit.demo.people import names as name_bank
from tillit.demo.people.citizens import Person
from tillit.demo.people.staff import Member
from tillit.demo.store import Store
from tillit.demo.story.solvik import Curated, Kin
from tillit.demo.story.stays import STAYS, Stay
from tillit.kernel import oslo

#: (kind, shortest and longest stay in days, weight, what comes next).
_STAYS = (
    ("HOSPITAL", 3, 9, 0.5, "Samtale med avdelingen før utskriving"),
    ("ACUTE_UNIT", 1, 3, 0.2, "Ny vurdering i morgen kl. 10"),
    ("SHORT_STAY", 10, 21, 0.15, "Hjem med økt hjelp de første dagene"),
    ("HEALTH_HOUSE", 8, 20, 0.07, "Trener til trappa går"),
    ("AWAY", 2, 7, 0.08, "Hos familien"),
)
_PLACES = {
    "HOSPITAL": "Nordfjord sjukehus",
    "ACUTE_UNIT": "KAD Fjordvik",
    "SHORT_STAY": "Fjordvik bo- og behandlingssenter",
    "HEALTH_HOUSE": "Fjordvik helsehus",
    "AWAY": "",
}
_ALERTS = (
    ("FALL", "Har falt to ganger siste halvår"),
    ("ALLERGY", "Penicillin"),
    ("ALLERGY", "Nøtter"),
    ("AID", "Går med rullator"),
    ("AID", "Høreapparat i begge ører"),
    ("SAFETY", "Hund i huset"),
    ("SAFETY", "Komfyrvakt, skal være på"),
    ("INFECTION", "MRSA. Hansker og frakk"),
    ("OTHER", "Hører dårlig på venstre øre"),
    ("OTHER", "Blodfortynnende"),
    ("FALL", "Svimmel når hun reiser seg"),
    ("OTHER", "Ser dårlig"),
)


def answer_for(
    store: Store, draw: random.Random, person: Person, members: list[Member], anchor: date, load: dict[int, float]
) -> None:
    """Name service-responsible, primary contact and deputies, and decide how well each helper is known."""
    everybody = [one for one in members if one.visits and not one.is_temp and one.flavour != "NIGHT"]
    in_group = [one for one in everybody if one.group_id == person.unit_id]
    carers = in_group or [one for one in everybody if not one.group_id] or everybody
    nurses = [one for one in carers if one.level == 2] or [one for one in everybody if one.level == 2] or carers
    if in_group:
        near = carers
    elif person.archetype in {"cleaning", "errands"}:
        near = [one for one in carers if one.profession == "HOME_HELPER"] or carers
    else:
        near = [one for one in carers if one.profession != "HOME_HELPER" and one.flavour == "MIXED"] or carers
    weight = max(person.weight, 1)

    def least(options: list[Member], taken: set[int]) -> Member:
        free = (
            [one for one in options if one.id not in taken] or [one for one in carers if one.id not in taken] or options
        )
        return min(free, key=lambda one: (load.get(one.id, 0.0) / max(one.percent, 20) + draw.random() * 0.02, one.id))

    by_initials = {one.initials: one for one in reversed(members)}
    story = person.curated
    if story is not None and story.is_new:
        return
    chosen: dict[tuple[str, bool], Member] = {}
    if story is not None:
        for key, initials in (
            (("PRIMARY_CONTACT", False), story.primary),
            (("PRIMARY_CONTACT", True), story.primary_deputy),
            (("SERVICE_RESPONSIBLE", False), story.service),
            (("SERVICE_RESPONSIBLE", True), story.service_deputy),
            (("THERAPIST", False), story.therapist),
        ):
            if initials in by_initials:
                chosen[key] = by_initials[initials]
        if chosen[("PRIMARY_CONTACT", False)] is chosen.get(("PRIMARY_CONTACT", True)):
            chosen[("PRIMARY_CONTACT", True)] = by_initials["HL"]
    else:
        without_primary = draw.random() < 0.025
        primary = least(near, set())
        if not without_primary:
            chosen[("PRIMARY_CONTACT", False)] = primary
            chosen[("PRIMARY_CONTACT", True)] = least(near, {primary.id})
        service = least(nurses, set() if primary.level < 2 else {primary.id})
        chosen[("SERVICE_RESPONSIBLE", False)] = service
        if draw.random() < 0.9:
            chosen[("SERVICE_RESPONSIBLE", True)] = least(nurses, {service.id})
    since = max(person.first, anchor - timedelta(days=draw.randrange(40, 900)))
    for (kind, is_deputy), member in sorted(chosen.items(), key=lambda item: (item[0][0], item[0][1])):
        valid_from = min(max(since, member.employed_from), person.after or anchor)
        store.add(
            Responsible,
            citizen_id=person.id,
            employee_id=member.id,
            kind=kind,
            is_deputy=is_deputy,
            valid_from=valid_from,
            valid_to=person.after,
        )
        load[member.id] = load.get(member.id, 0.0) + (weight if kind == "PRIMARY_CONTACT" else 2.0) * (
            0.4 if is_deputy else 1.0
        )
        strength = {"PRIMARY_CONTACT": 4.2, "SERVICE_RESPONSIBLE": 1.6, "THERAPIST": 1.0}[kind] * (
            0.65 if is_deputy else 1.0
        )
        person.affinity[member.id] = max(person.affinity.get(member.id, 0.0), strength)
    person.primary_id = chosen[("PRIMARY_CONTACT", False)].id if ("PRIMARY_CONTACT", False) in chosen else 0
    person.service_id = chosen[("SERVICE_RESPONSIBLE", False)].id
    person.service_deputy_id = (
        chosen[("SERVICE_RESPONSIBLE", True)].id if ("SERVICE_RESPONSIBLE", True) in chosen else 0
    )
    person.therapist_id = chosen[("THERAPIST", False)].id if ("THERAPIST", False) in chosen else 0
    if story is not None and story.code == "story_astrid":  # few faces: the strip on her page shows it
        strangers = {one.id: -4.0 if one.is_temp else -2.0 for one in members}
        person.affinity = strangers | {helper: 2.2 * strength for helper, strength in person.affinity.items()}
    for initials in story.knows if story else ():
        person.affinity[by_initials[initials].id] = max(person.affinity.get(by_initials[initials].id, 0.0), 2.2)
    evening = [one for one in carers if one.flavour == "EVENING"]
    by_day = [one for one in carers if one.flavour == "MIXED" and one.profession != "HOME_HELPER"]
    regulars = draw.sample(by_day, min(3, len(by_day))) + draw.sample(evening, min(2, len(evening)))
    for one in regulars:
        person.affinity.setdefault(one.id, 1.4)


def surround(
    store: Store,
    draw: random.Random,
    person: Person,
    members: list[Member],
    anchor: date,
    first: date,
    stay: Stay | None = None,
) -> None:
    """Write network, alerts, wishes and where she has been since `first`. stay: one written by hand."""
    story = person.curated
    _network(store, draw, person, story)
    alerts = list(story.alerts) if story else [one for one in _ALERTS if draw.random() < 0.075]
    if story is None and person.archetype == "reablement" and not alerts:
        alerts = [("AID", "Går med rullator")]
    for kind, text in alerts[:3]:
        store.add(Alert, citizen_id=person.id, kind=kind, text=text, valid_from=person.first, valid_to=person.after)
    _wishes(store, draw, person, members, story)
    if stay is not None:
        _stay_by_hand(store, person, stay, anchor)
    elif story is None:
        _stays(store, draw, person, anchor, first)
    elif story.is_new:
        since = datetime.combine(anchor - timedelta(days=6), time(14, 20), tzinfo=oslo.OSLO)
        step = "Startsamtale hjemme samme dag som utskrivinga"
        stay_id = store.add(
            Whereabouts,
            citizen_id=person.id,
            kind="HOSPITAL",
            place="Nordfjord sjukehus, ortopedisk",
            from_at=since,
            next_step=step,
        )
        store.add(
            WhereaboutsFollowUp,
            whereabouts_id=stay_id,
            words=step,
            on=anchor + timedelta(days=2),
            owner_id=None,
            written_by_id=None,
            written_at=since,
        )
        person.away.append((since, None, "HOSPITAL"))


def _network(store: Store, draw: random.Random, person: Person, story: Curated | None) -> None:
    members: list[Kin] = list(story.kin) if story else []
    if not members and draw.random() < 0.9:
        for number in range(1 if draw.random() < 0.5 else 2):
            relation, gender = draw.choice(name_bank.RELATIVES)
            given = draw.choice(name_bank.STAFF_WOMEN if gender == "K" else name_bank.STAFF_MEN)
            family = person.family.split(" ")[-1] if draw.random() < 0.7 else draw.choice(name_bank.FAMILY)
            members.append(
                Kin(
                    "RELATIVE",
                    f"{given} {family}",
                    relation,
                    f"901 {draw.randrange(100):02d} {draw.randrange(1000):03d}",
                    draw.choice(name_bank.RELATIVE_NOTES),
                    number == 0,
                )
            )
        if draw.random() < 0.35:
            given = draw.choice(name_bank.WOMEN_OLD + name_bank.MEN_OLD)
            members.append(Kin("FRIEND", f"{given} {draw.choice(name_bank.FAMILY)}", draw.choice(name_bank.NEIGHBOURS)))
        if draw.random() < 0.22:
            name, relation = draw.choice(name_bank.SERVICES)
            members.append(Kin("SERVICE", name, relation, "555 00 210"))
        if draw.random() < 0.05 or (person.archetype == "dementia" and draw.random() < 0.25):
            given = draw.choice(name_bank.STAFF_WOMEN)
            members.append(
                Kin("GUARDIAN", f"{given} {draw.choice(name_bank.FAMILY)}", "Verge i økonomiske saker", "902 00 000")
            )
    members.append(
        Kin(
            "GP",
            f"Lege {draw.choice(name_bank.DOCTORS)}",
            f"Fastlege, {draw.choice(name_bank.PRACTICES)}",
            "555 00 300",
        )
    )
    for rank, one in enumerate(members):
        number = store.add(
            NetworkMember,
            citizen_id=person.id,
            kind=one.kind,
            name=one.name,
            relation=one.relation,
            phone=one.phone,
            is_next_of_kin=one.is_next_of_kin,
            note=one.note,
            rank=rank,
            valid_from=person.first,
        )
        if one.kind == "RELATIVE":
            person.kin.append(number)


def _wishes(store: Store, draw: random.Random, person: Person, members: list[Member], story: Curated | None) -> None:
    wishes: list[tuple[str, int | None, str, str]] = []
    by_initials = {one.initials: one for one in reversed(members)}
    if story:
        for kind, who, reason in story.wishes:
            if who in {"K", "M"}:
                wishes.append((kind, None, who, reason))
            elif who in by_initials:
                wishes.append((kind, by_initials[who].id, "", reason))
    elif draw.random() < 0.05 and person.gender == "K":
        wishes.append(("RATHER_NOT", None, "M", "Vil helst ha kvinne til stell"))
    elif draw.random() < 0.015:
        wishes.append(("MUST_NOT", None, "M", "Må være kvinne"))
    elif draw.random() < 0.05:
        known = [one for one in members if one.visits and not one.is_temp and one.id != person.primary_id]
        if known:
            wishes.append((draw.choice(("RATHER_NOT", "GLADLY", "MUST_NOT")), draw.choice(known).id, "", ""))
    for kind, employee_id, gender, reason in wishes:
        store.add(
            HelperWish,
            citizen_id=person.id,
            kind=kind,
            employee_id=employee_id,
            gender=gender,
            reason=reason,
            valid_from=person.first,
            valid_to=person.after,
        )
    person.refused = frozenset(
        one.id
        for one in members
        for kind, employee_id, gender, _ in wishes
        if kind == "MUST_NOT" and (employee_id == one.id or (gender and gender == one.gender))
    )
    for kind, employee_id, _gender, _ in wishes:
        if employee_id is not None and kind != "MUST_NOT":
            person.affinity[employee_id] = person.affinity.get(employee_id, 0.0) + (1.0 if kind == "GLADLY" else -2.0)


def _stays(store: Store, draw: random.Random, person: Person, anchor: date, first: date) -> None:
    frail = person.archetype in {"frail", "palliative", "dementia", "insulin", "lift"}
    day = max(person.first, first) + timedelta(days=draw.randrange(5))
    while day <= anchor:
        if person.after is not None and day >= person.after - timedelta(days=25):
            return
        if draw.random() < (0.0045 if frail else 0.0017):
            kind, shortest, longest, _, step = _stay(draw)
            start = datetime.combine(day, time(draw.randrange(9, 20), draw.choice((0, 20, 40))), tzinfo=oslo.OSLO)
            end_day = day + timedelta(days=draw.randint(shortest, longest))
            now = datetime.combine(anchor, time(7, 42), tzinfo=oslo.OSLO)
            if start >= now:
                return
            end: datetime | None = datetime.combine(end_day, time(draw.randrange(11, 16), 30), tzinfo=oslo.OSLO)
            if end_day >= anchor:
                end = None
            waited = timedelta(days=person.id % 3) if kind == "HOSPITAL" and end_day - day > timedelta(days=3) else None
            stay_id = store.add(
                Whereabouts,
                citizen_id=person.id,
                kind=kind,
                place=_PLACES[kind],
                from_at=start,
                to_at=end,
                ready_at=end - waited if end is not None and waited is not None else None,
                next_step=step if end is None else "",
            )
            if end is None and kind != "AWAY":
                store.add(
                    WhereaboutsFollowUp,
                    whereabouts_id=stay_id,
                    words=step,
                    on=anchor + timedelta(days=person.id % 3),
                    owner_id=person.service_id or None,
                    written_by_id=person.primary_id or None,
                    written_at=start,
                )
            person.away.append((start, end, kind))
            if end is None:
                return
            day = end_day + timedelta(days=10)
        day += timedelta(days=1)


def choose_stays(people: list[Person], team: str, anchor: date) -> dict[int, Stay]:
    """Return the stays written by hand for a team, by whose they are: those she has helped a while, in order."""
    helped = [
        one
        for one in people
        if one.curated is None
        and one.after is None
        and one.first < anchor - timedelta(days=60)
        and one.archetype not in {"cleaning", "errands", "social"}
    ]
    likely = {"frail", "care", "meds", "wound", "insulin", "meals"}
    fits = [one.id for one in sorted(helped, key=lambda one: one.archetype not in likely)]
    return dict(zip(fits, STAYS.get(team, ()), strict=False))


def _stay_by_hand(store: Store, person: Person, stay: Stay, anchor: date) -> None:
    start = oslo.moment(anchor - timedelta(days=stay.days), stay.clock)
    end = oslo.moment(anchor + timedelta(days=stay.home_in), time(13)) if stay.home_in is not None else None
    stay_id = store.add(
        Whereabouts,
        citizen_id=person.id,
        kind=stay.kind,
        place=stay.place,
        from_at=start,
        to_at=end,
        ready_at=None if stay.ready_in is None else oslo.moment(anchor + timedelta(days=stay.ready_in), time(7, 20)),
        next_step=next((step.words for step in stay.steps if not step.is_done), ""),
    )
    for step in stay.steps:
        store.add(
            WhereaboutsFollowUp,
            whereabouts_id=stay_id,
            kind=step.kind,
            words=step.words,
            on=anchor + timedelta(days=step.on),
            owner_id=(person.service_id or None) if step.by_nurse else (person.primary_id or None),
            written_by_id=person.primary_id or None,
            written_at=start + timedelta(minutes=40),
            ended_at=oslo.moment(anchor + timedelta(days=step.on), time(14, 40)) if step.is_done else None,
            ended_by_id=(person.service_id or None) if step.is_done else None,
        )
    person.away.append((start, end, stay.kind))


def _stay(draw: random.Random) -> tuple[str, int, int, float, str]:
    left = draw.random()
    for stay in _STAYS:
        left -= stay[3]
        if left < 0:
            return stay
    return _STAYS[0]
