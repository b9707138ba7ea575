"""What is written by hand in the day shown: who goes where on the pictures, and the holes for what Jonas leaves."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from tillit.care.visits.rules.generation import DraftTask, DraftVisit
from tillit.demo.days.recording import Row
from tillit.demo.days.routes import Lane, Placed, Wanted, may_take
from tillit.demo.days.wanted import DayVisit
from tillit.demo.people.citizens import Person
from tillit.demo.people.staff import Staff

#: How far, in minutes, a visit of the story may give way to the one before it.
_NEAR = (0, 5, -5, 10, -10, 15, -15, 20, -20)


def pin(rows: list[Row], lanes: list[Lane], staff: Staff) -> None:
    """Put the visits of the story where the draft has them, if those helpers are at work today."""
    by_initials = {lane.member.initials: lane for lane in reversed(lanes)}
    members = {one.id: one.initials for one in staff.members}
    for initials, start, end in (("KN", 450, 495), ("AY", 585, 630)):
        if initials in by_initials:
            by_initials[initials].take(start, end, -1.0, -1.0)
    pinned = [row for row in rows if row.person.day_pins.get(row.day_visit.clock) and not row.cancelled_by]
    for off in _NEAR:  # first all that can stand exactly where they are wished, then those that must give way
        for row in pinned:
            want = row.day_visit
            start = -(-(want.wished or 0) // 5) * 5 + off
            if row.placed is not None or not want.earliest <= start <= want.latest:
                continue
            initials_of = row.person.day_pins[want.clock]
            helpers = [by_initials.get(members.get(one, "")) for one in initials_of]
            able = [lane for lane in helpers if lane is not None and lane.kind == want.draft.shift_kind]
            minutes, east, north = want.draft.minutes, row.person.east, row.person.north
            if len(able) < len(helpers) or not all(lane.is_free(start, minutes, east, north) for lane in able):
                continue
            for lane in able:
                lane.take(start, start + minutes, east, north)
            row.placed = Placed(start, tuple(lane.member for lane in able))


def hold(
    rows: list[Row], lanes: list[Lane], wanted: Callable[[Row, int, int], Wanted]
) -> list[tuple[Lane, int, Person]]:
    """Keep a hole for what Jonas leaves, with a colleague whom the citizen knows: the obvious answer is there."""
    by_initials = {lane.member.initials: lane for lane in reversed(lanes) if lane.kind == "DAY"}
    held = []
    for number, row in enumerate(rows):
        story = row.person.curated
        if story is None or row.cancelled_by or row.person.day_pins.get(row.day_visit.clock) != ():
            continue
        want = wanted(row, number, row.day_visit.draft.on.toordinal())
        able = [by_initials[one] for one in story.knows if one in by_initials]
        for lane in able:
            if may_take(lane, want) and (fit := lane.fit(want, slack=0, over=0)) is not None:
                lane.take(fit[0], fit[0] + want.minutes, want.east, want.north)
                held.append((lane, fit[0], row.person))
                break
    return held


def hospital_talk(person: Person, day: date, base: datetime) -> Row:
    """Return the visit somebody has added by hand: the talk before Arnfinn Skagen comes home."""
    draft = DraftVisit(
        on=day,
        slot="ADDED:1",
        part_of_day="MIDDAY",
        shift_kind="DAY",
        title="Utskriving, samtale på sykehuset",
        earliest_at=base + timedelta(minutes=690),
        latest_at=base + timedelta(minutes=750),
        wished_at=base + timedelta(minutes=720),
        minutes=60,
        helpers=1,
        needs=("SYKEPLEIE",),
        level=2,
        priority=1,
        tasks=(
            DraftTask(
                0, 0, "Samtale med avdelingen og Arnfinn", "Medisinliste, hjelpemidler, hvem er hjemme torsdag", "", 60
            ),
        ),
    )
    return Row(person, DayVisit(draft, 690, 750, 720, 720), 0, person.unit_id, added=True)
