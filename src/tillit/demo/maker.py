"""Makes the town part by part: what the product ships, units, those who are not in one team, then team by team."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from functools import partial

from django.db import transaction

from tillit.care.needs.actions import ship_template
from tillit.demo import emptiness
from tillit.demo.casework.desk import Desk
from tillit.demo.casework.opening_balance import open_book, stand_in
from tillit.demo.casework.post import keep_letters
from tillit.demo.casework.powers import Powers
from tillit.demo.casework.team import TeamCases
from tillit.demo.chance import Chance
from tillit.demo.days.recording import Recorder
from tillit.demo.days.running import Meeting, TeamDays
from tillit.demo.days.signing import Signer
from tillit.demo.organisation import Builder, Town, base_corner, meeting_days
from tillit.demo.people.around import answer_for, choose_stays, surround
from tillit.demo.people.citizens import Person, Registry, TeamHome, archetype_for, somebody, voices_for
from tillit.demo.people.duties import add_duties
from tillit.demo.people.hiring import Hiring, hire_team
from tillit.demo.people.outside import Outside
from tillit.demo.people.shifts import SHIFTS_AHEAD, add_office_shifts, make_shifts
from tillit.demo.people.staff import Member, OnShift, Staff
from tillit.demo.people.teams import TEAMS, Named, StaffPlan, TeamPlan
from tillit.demo.plans.archetypes import BY_CODE
from tillit.demo.plans.conversations import Context, converse
from tillit.demo.plans.writing import write_plans
from tillit.demo.store import Store
from tillit.demo.story import solvik
from tillit.demo.story.asking import ask_the_teams
from tillit.demo.story.at_home import ask_at_home
from tillit.demo.story.circle import close_the_circle
from tillit.demo.story.deviating import tell_some
from tillit.demo.story.gathering import gather
from tillit.demo.story.journal import sign_and_correct
from tillit.demo.story.letting_in import let_some_in
from tillit.demo.story.notices import tell_each_other
from tillit.demo.story.observing import observe_some
from tillit.demo.story.own_words import ask_in_own_words
from tillit.demo.story.phone import clash_once
from tillit.demo.story.protection import keep_away
from tillit.demo.story.stays import write_words
from tillit.demo.story.therapy import share_the_therapists
from tillit.demo.words.applications import Application
from tillit.foundation.access.actor import system
from tillit.foundation.authority.actions import ship_services
from tillit.foundation.responsibility.actions import ship_models
from tillit.foundation.workforce.actions import seed_competences
from tillit.kernel import oslo

Progress = Callable[[int, int, str], None]
SHIPPED_ON = date(2020, 1, 6)


class Maker:
    """Holds what the parts of the town share."""

    def __init__(
        self,
        chance: Chance,
        anchor: date,
        history_days: int,
        horizon_days: int,
        total: int,
        progress: Progress | None,
        copies: int = 1,
    ) -> None:
        self.chance = chance
        self.anchor = anchor
        self.first = anchor - timedelta(days=history_days)
        self.after = anchor + timedelta(days=horizon_days)
        self.total = total
        self.copies = copies
        self.done = 0
        self.progress = progress
        self.store = Store()
        self.codes: dict[str, int] = {}
        self.template_id = 0
        self.lars: Member | None = None  # the occupational therapist that two teams share
        self.waiting: dict[tuple[int, str], TeamDays] = {}  # made, but not run: by the partner it waits for
        self.specialist_id = 0

    def say(self, text: str) -> None:
        """Tell how far it has come."""
        if self.progress is not None:
            self.progress(self.done, self.total, text)

    @transaction.atomic
    def prepare(self) -> None:
        """Ship what the product ships: competences, models, the conversation template, services, principles."""
        emptiness.start_numbers_over()
        at = oslo.moment(SHIPPED_ON, time(8))
        actor = system("Demodata")
        self.codes = {one.code: one.pk for one in seed_competences(actor, at)}
        self.template_id = ship_template(at=at).pk
        versions = {version.model.code: version.pk for version in ship_models(actor=actor, at=at)}
        self.builder = Builder(self.store, self.anchor, versions)
        self.hiring = Hiring(self.store, self.chance, self.anchor, self.codes)
        self.registry = Registry(self.store, self.chance, self.anchor)
        ship_services(actor=actor, at=at)
        self.powers = Powers(self.store, self.anchor, self.builder.paths, self.hiring.roles)
        self.book = open_book(self.store, self.powers, self.anchor, self.copies)

    def town(self, copy: int, plans: tuple[TeamPlan, ...]) -> Town:
        """Write the units of one copy."""
        with transaction.atomic():
            town = self.builder.build(copy, plans)
            self.store.flush()
        return town

    def close(self) -> None:
        """Write what is left, and the newest letters."""
        with transaction.atomic():
            self.book.close()
            self.store.close()
        keep_letters(self.anchor, copies=self.copies)
        keep_away(self.anchor)
        write_words(self.anchor)
        sign_and_correct(self.anchor)
        tell_each_other(self.anchor)
        observe_some(self.anchor)
        tell_some(self.anchor)
        clash_once(self.anchor)
        close_the_circle(self.anchor)
        let_some_in(self.anchor)
        share_the_therapists(self.anchor)
        ask_the_teams(self.anchor, self.chance)
        ask_in_own_words(self.anchor, self.chance)
        gather(self.anchor, self.chance)
        ask_at_home(self.anchor, self.chance)

    # ── people who are not in one team ──

    @transaction.atomic
    def others(self, copy: int, town: Town) -> None:
        """Hire leaders, therapists, case workers, the office and the special teams, and say who may decide what."""
        outside = Outside(self.hiring, self.store, town, self.first, self.anchor + timedelta(days=SHIFTS_AHEAD))
        outside.hire_all(self.chance.stream("others", copy), copy)
        specialist_id = outside.hire_for_cases(self.chance.stream("cases", "staff", copy), copy)
        self.powers.delegate(copy, town, specialist_id or self.specialist_id)
        self.specialist_id = specialist_id or self.specialist_id
        self.store.flush()

    # ── a team ──

    def team(self, copy: int, town: Town, plan: TeamPlan) -> None:
        """Make one team with everything in it."""
        self.say(f"{plan.name}{f' {copy + 1}' if copy else ''}")
        if copy:
            plan = replace(plan, named=(), staff=_with_named(plan))
        with transaction.atomic():
            for days in self._ready(copy, plan, self._team(copy, town, plan)):
                days.run(self.first, self.after, rest=self.store.flush)
            self.store.flush()
        self.done += 1

    def _ready(self, copy: int, plan: TeamPlan, days: TeamDays) -> list[TeamDays]:
        """Return whose days can be run: two teams that share the help wait for each other's citizens and people."""
        if plan.partner:
            self.waiting[copy, plan.partner] = days
            return []
        first = self.waiting.pop((copy, plan.name), None)
        if first is None:
            return [days]
        first.others, days.others = days.people, first.people
        return [first, days]

    def _team(self, copy: int, town: Town, plan: TeamPlan) -> TeamDays:
        unit_id = town.teams[plan.name]
        shares = _shares(town) if plan.named else {}
        members = hire_team(self.hiring, plan, unit_id, copy, shares, _group_of(town, plan))
        staff = make_shifts(
            self.store, self.chance, plan, members, unit_id, anchor=self.anchor, first=self.first, copy=copy
        )
        if plan.named:
            self._shared_shifts(members, staff, town)
        elif plan.name == "Team Havna" and not copy:
            self._lars_is_here(staff, 690, 930)
        add_duties(self.store, plan, unit_id, members, self.codes, self.anchor)
        people = self._citizens(copy, town, plan, unit_id, members)
        if town.office:
            self._cases(copy, town, plan, people, members)
        return TeamDays(
            recorder=Recorder(
                self.store,
                plan,
                unit_id,
                staff,
                people,
                self.anchor,
                Signer(self.store, self.anchor, self.hiring.known),
            ),
            chance=self.chance,
            plan=plan,
            copy=copy,
            staff=staff,
            people=people,
            anchor=self.anchor,
            meeting=Meeting(*meeting_days(self.anchor)),
            base=base_corner(plan),
        )

    def _shared_shifts(self, members: list[Member], staff: Staff, town: Town) -> None:
        """Lars is in Solvik until 11.30, then in Havna; Silje every other day in Lia; two more are at the base."""
        by = {one.initials: one.id for one in members}
        solvik_id, havna, lia = town.teams["Team Solvik"], town.teams["Team Havna"], town.teams["Team Lia"]
        add = partial(add_office_shifts, self.store, first=self.first, after=self.anchor + timedelta(days=SHIFTS_AHEAD))
        add(by["LE"], solvik_id, start=480, end=690, office=False)
        add(by["LE"], havna, start=690, end=930, office=False)
        self.lars = next(one for one in members if one.initials == "LE")
        self._lars_is_here(staff, 480, 690)
        add(by["SS"], solvik_id, every_other_from=self.anchor)
        add(by["SS"], lia, every_other_from=self.anchor, odd=True)
        add(by["MA"], solvik_id)
        add(by["NB"], solvik_id)

    def _lars_is_here(self, staff: Staff, start: int, end: int) -> None:
        for number in range((self.after - self.first).days if self.lars else 0):
            day = self.first + timedelta(days=number)
            if self.lars is not None and day.weekday() < 5 and not self.lars.is_away(day):
                staff.present[day].append(OnShift(self.lars, "DAY", start, end))

    def _citizens(self, copy: int, town: Town, plan: TeamPlan, unit_id: int, members: list[Member]) -> list[Person]:
        home = self._home(copy, town, plan, unit_id)
        people = [self._curated(home, one) for one in solvik.CITIZENS] if plan.named else []
        history = (self.anchor - self.first).days
        former = round(plan.citizens * 0.12 * history / 182)
        wanted = max(0, plan.citizens - len(people))
        people += [self._drawn(home, plan, number, is_former=number >= wanted) for number in range(wanted + former)]
        voices_for(self.chance.stream("voices", copy, plan.name), people)
        context = Context(
            self.store,
            self.anchor,
            {one.id: one for one in members},
            self.codes,
            self.template_id,
            Signer(self.store, self.anchor, self.hiring.known),
            bool(plan.named),
        )
        load: dict[int, float] = {}
        by_initials = {one.initials: one.id for one in reversed(members)}
        stays = choose_stays(people, plan.name, self.anchor)
        for number, person in enumerate(people):
            draw = self.chance.stream("life", copy, plan.name, number)
            answer_for(self.store, draw, person, members, self.anchor, load)
            surround(self.store, draw, person, members, self.anchor, self.first, stays.get(person.id))
            converse(context, draw, person)
            write_plans(context, draw, person, nights=plan.nights)
            for call in person.curated.calls if person.curated else ():
                if call.who is not None:
                    person.day_pins[call.start] = tuple(by_initials[one] for one in call.who)
        return people

    def _cases(self, copy: int, town: Town, plan: TeamPlan, people: list[Person], members: list[Member]) -> None:
        """Write what everybody has by decision, and what is on its way."""
        self.store.flush()  # the product's routing reads what has been written
        home = self._home(copy, town, plan, town.teams[plan.name])
        changed = self.anchor - timedelta(days=plan.changed_days_ago) if plan.former_model else None
        beside = (home.unit_id, home.second_unit_id) if home.second_unit_id else ()
        desks = {}
        for unit_id in (home.unit_id, home.work_group_id):
            if unit_id:
                desks[unit_id] = Desk(self.book, unit_id, town.office, changed, beside)
                desks[unit_id].ask()
        if plan.named:
            stand_in(self.store, self.anchor, town.teams[plan.name], {one.initials: one.id for one in members})
        cases = TeamCases(
            self.book, desks, [one.name for one in TEAMS].index(plan.name) + copy, plan.citizens,
            partial(self._applicant, home, plan),
        )  # fmt: skip
        cases.write(self.chance.stream("cases", copy, plan.name), people)

    def _applicant(self, home: TeamHome, plan: TeamPlan, number: int, asked: Application, days: int) -> Person:
        """Somebody who has applied and gets nothing yet."""
        draw = self.chance.stream("applicant", home.copy, plan.name, number)
        for _ in range(20):
            given, family, gender, language = somebody(draw)
            if asked.gender in {"", gender}:
                break
        since = self.anchor - timedelta(days=days)
        born = _birthday(draw, self.anchor, 68, 91)
        person = self.registry.add(
            given, family, gender, born, home, draw, first=since, after=None, curated=None, archetype="applicant",
            language=language,
        )  # fmt: skip
        surround(self.store, draw, person, [], self.anchor, self.anchor)
        return person

    def _home(self, copy: int, town: Town, plan: TeamPlan, unit_id: int) -> TeamHome:
        if plan.partner:
            return TeamHome(unit_id, plan.land, copy, town.teams[plan.partner], "Helsehjelp")
        if plan.partner_of:
            return TeamHome(
                unit_id, plan.land, copy, town.teams[plan.partner_of], "Stell og hverdag", is_health_team=True
            )
        return TeamHome(unit_id, plan.land, copy, work_group_id=_group_of(town, plan))

    def _curated(self, home: TeamHome, one: solvik.Curated) -> Person:
        draw = self.chance.stream("curated", one.given, one.family)
        born = _birthday(draw, self.anchor, one.age, one.age)
        since = self.anchor - timedelta(days=one.since_days or max(draw.randrange(200, 1500), one.said_days_ago + 20))
        person = self.registry.add(
            one.given,
            one.family,
            one.gender,
            born,
            home,
            draw,
            first=since,
            after=None,
            curated=one,
            archetype=one.code,
            language=one.language,
        )
        person.weight = sum(len(call.weekdays) if call.weekdays.isdigit() else 1 for call in one.calls)
        return person

    def _drawn(self, home: TeamHome, plan: TeamPlan, number: int, *, is_former: bool) -> Person:
        draw = self.chance.stream("citizen", home.copy, plan.name, number)
        archetype = archetype_for(draw, home, light=bool(plan.named), nights=plan.nights)
        given, family, gender, language = somebody(draw)
        born = _birthday(draw, self.anchor, *archetype.age)
        history = (self.anchor - self.first).days
        after: date | None = None
        died = False
        if is_former:
            after = self.first + timedelta(days=draw.randrange(1, max(2, history)))
            first = after - timedelta(days=draw.randrange(60, 1400))
            died = draw.random() < 0.6
        elif draw.random() < 0.13 * history / 182:
            first = self.anchor - timedelta(days=draw.randrange(1, max(2, history)))
        else:
            first = self.first - timedelta(days=draw.randrange(1, 2000))
        person = self.registry.add(
            given,
            family,
            gender,
            born,
            home,
            draw,
            first=first,
            after=after,
            curated=None,
            archetype=archetype.code,
            died=died,
            language=language,
        )
        shape = BY_CODE[archetype.code]
        person.weight = sum(len(one.weekdays) * len(one.slots) for one in shape.helps if one.every_weeks == 1)
        return person


def _group_of(town: Town, plan: TeamPlan) -> int:
    """The team's work group; 0 for a team without, or too small to divide."""
    return town.work_group if plan.work_group and plan.group_staff != StaffPlan() else 0


def _with_named(plan: TeamPlan) -> StaffPlan:
    """In copies of the town those named are ordinary people."""
    if not plan.named:
        return plan.staff
    visiting = [one for one in plan.named if one.rota in {"MIXED", "EVENING", "WEEKDAY"}]
    count = partial(_count, visiting)
    return StaffPlan(
        plan.staff.nurses + count("NURSE"),
        plan.staff.health_workers + count("HEALTH_WORKER"),
        plan.staff.home_helpers + count("HOME_HELPER"),
        plan.staff.temps + 1,
    )


def _count(named: list[Named], profession: str) -> int:
    return sum(one.profession == profession for one in named)


def _shares(town: Town) -> dict[str, list[tuple[int, int]]]:
    solvik_id, havna, lia = town.teams["Team Solvik"], town.teams["Team Havna"], town.teams["Team Lia"]
    return {
        "LE": [(solvik_id, 50), (havna, 50)],
        "SS": [(solvik_id, 50), (lia, 50)],
        "MA": [(solvik_id, 50), (havna, 50)],
        "NB": [(solvik_id, 50), (havna, 50)],
    }


def _birthday(draw: random.Random, anchor: date, youngest: int, oldest: int) -> date:
    age = draw.randint(youngest, oldest)
    day = date(anchor.year - age, 1, 1) + timedelta(days=draw.randrange(365))
    this_year = date(anchor.year, day.month, min(day.day, 28))
    return day if this_year <= anchor else day.replace(year=day.year - 1, day=min(day.day, 28))
