"""Who reaches a citizen: the pure rule by examples, and the database saying the same whatever has happened."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import builders
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.care.citizens import queries, rules
from tillit.care.citizens.models import AccessTerms, AskedIn, Barrier, Citizen, EmergencyAccess, Following
from tillit.foundation.access import sources
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.grounds import Ground
from tillit.foundation.access.roles import Role
from tillit.kernel.errors import NotFound
from tillit.kernel.periods import Days, Period

NURSE = rules.Reader(frozenset({"1.2.3."}), {"1.2.3.": 14})
CARE = rules.Reader(frozenset({"1.2.3."}))
HOURS = Period(MONDAY - timedelta(hours=1), MONDAY + timedelta(hours=3))
ALWAYS = Days(date(2020, 1, 1))


def between(**given: Any) -> rules.Between:
    return rules.Between(**given)


def ended(days_ago: int, path: str = "1.2.3.") -> rules.Followed:
    return rules.Followed(path, Days(date(2020, 1, 1), MONDAY_DATE - timedelta(days=days_ago)))


class TestGroundOf:
    @pytest.mark.parametrize(
        ("reader", "stands", "ground"),
        [
            (CARE, between(followed=(rules.Followed("1.2.3.", ALWAYS),)), Ground.FOLLOWS),
            (CARE, between(followed=(rules.Followed("1.2.3.7.", ALWAYS),)), Ground.FOLLOWS),
            (CARE, between(followed=(rules.Followed("1.2.4.", ALWAYS),)), None),
            (CARE, between(followed=(rules.Followed("1.2.33.", ALWAYS),)), None),
            (CARE, between(followed=(ended(0),)), None),
            (NURSE, between(followed=(ended(0),)), Ground.FORMER),
            (NURSE, between(followed=(ended(13),)), Ground.FORMER),
            (NURSE, between(followed=(ended(14),)), None),
            (NURSE, between(followed=(ended(3), rules.Followed("1.2.4.", ALWAYS))), None),
            (NURSE, between(followed=(ended(3), ended(2, "1.2.4."))), None),
            (CARE, between(asked=(Days(MONDAY_DATE, MONDAY_DATE + timedelta(days=1)),)), Ground.REQUEST),
            (CARE, between(asked=(Days(date(2026, 11, 1), MONDAY_DATE),)), None),
            (CARE, between(emergencies=(rules.Emergency("FOUND", HOURS),)), Ground.EMERGENCY),
            (CARE, between(emergencies=(rules.Emergency("FOUND", Period(HOURS.start, MONDAY)),)), None),
            (rules.Reader(), between(emergencies=(rules.Emergency("FOUND", HOURS),)), None),
            (rules.Reader(), between(followed=(rules.Followed("1.2.3.", ALWAYS),)), None),
        ],
    )
    def test_says_who_reaches_and_why(self, reader: rules.Reader, stands: rules.Between, ground: Ground | None) -> None:
        assert rules.ground_of(reader, stands, on=MONDAY_DATE, at=MONDAY) is ground

    @pytest.mark.parametrize(
        ("bar", "reason", "ground"),
        [
            ("OBJECTION", None, None),
            ("OBJECTION", "FOUND", None),
            ("OBJECTION", "DANGER", Ground.FOLLOWS),
            ("DECIDED", "DANGER", Ground.FOLLOWS),
            ("RELATIVE", "DANGER", None),
            ("SELF", "DANGER", None),
        ],
    )
    def test_a_bar_goes_before_everything_but_danger_and_ones_own_family_before_that_too(
        self, bar: str, reason: str | None, ground: Ground | None
    ) -> None:
        stands = between(
            followed=(rules.Followed("1.2.3.", ALWAYS),),
            barriers=(rules.Barrier(rules.Bar(bar), ALWAYS),),
            emergencies=(rules.Emergency(reason, HOURS),) if reason else (),
        )

        assert rules.ground_of(CARE, stands, on=MONDAY_DATE, at=MONDAY) is ground

    def test_a_bar_that_is_over_bars_nobody(self) -> None:
        stands = between(
            followed=(rules.Followed("1.2.3.", ALWAYS),),
            barriers=(rules.Barrier(rules.Bar.OBJECTION, Days(date(2026, 1, 1), MONDAY_DATE)),),
        )

        assert rules.ground_of(CARE, stands, on=MONDAY_DATE, at=MONDAY) is Ground.FOLLOWS


class TestShowsAddress:
    @pytest.mark.parametrize(
        ("hidden", "visit", "named", "person", "shown"),
        [
            (False, False, False, True, True),
            (True, False, False, True, False),
            (True, True, False, True, True),
            (True, False, True, True, True),
            (True, False, False, False, True),
        ],
    )
    def test_only_who_goes_there_or_is_named(
        self, hidden: bool, visit: bool, named: bool, person: bool, shown: bool
    ) -> None:
        found = rules.shows_address(is_hidden=hidden, has_visit=visit, is_named=named, is_person=person)

        assert found is shown


def again(member: Member, at: datetime = MONDAY) -> Actor:
    return sources.actor_for(user_id=member.user.pk, name=member.user.name, at=at)


def bar(citizen: Citizen, member: Member, kind: str = "OBJECTION", **days: Any) -> Barrier:
    return Barrier.objects.create(
        citizen=citizen, employee=member.employee, kind=kind, made_at=MONDAY, valid_from=date(2026, 1, 1), **days
    )


def emergency(citizen: Citizen, member: Member, unit: Any, *, hours: int = 4, **more: Any) -> EmergencyAccess:
    opened = more.pop("opened_at", MONDAY)
    return EmergencyAccess.objects.create(
        citizen=citizen,
        employee=member.employee,
        unit=unit,
        reason=more.pop("reason", "FOUND"),
        words="Falt på fortauet",
        opened_at=opened,
        ends_at=opened + timedelta(hours=hours),
        **more,
    )


class TestReach:
    def test_an_objection_takes_the_citizen_away_from_one_and_from_no_other(self, cast: Cast) -> None:
        bar(cast.olga, cast.amir)

        assert set(queries.reachable(again(cast.amir), on=MONDAY_DATE)) == {cast.arne}
        assert set(queries.reachable(again(cast.kari), on=MONDAY_DATE)) == {cast.arne, cast.olga}
        with pytest.raises(NotFound):
            queries.get_citizen(actor=again(cast.amir), citizen_id=cast.olga.pk, at=MONDAY)

    def test_a_barred_employee_gets_the_same_answer_as_for_nobody(
        self, cast: Cast, django_assert_num_queries: Any
    ) -> None:
        bar(cast.olga, cast.amir)
        actor = again(cast.amir)

        def told(citizen_id: int) -> str:
            with pytest.raises(NotFound) as refused:
                queries.get_citizen(actor=actor, citizen_id=citizen_id, at=MONDAY)
            return refused.value.text

        assert told(cast.olga.pk) == told(999_999)

    def test_an_emergency_opens_one_citizen_for_a_while(self, cast: Cast) -> None:
        emergency(cast.per, cast.amir, cast.bekkedal)

        assert queries.get_citizen(actor=again(cast.amir), citizen_id=cast.per.pk, at=MONDAY) == cast.per
        later = MONDAY + timedelta(hours=4)
        with pytest.raises(NotFound):
            queries.get_citizen(actor=again(cast.amir, later), citizen_id=cast.per.pk, at=later)

    def test_somebody_asked_in_reads_till_the_day_and_holds_nothing(self, cast: Cast) -> None:
        AskedIn.objects.create(
            citizen=cast.per,
            employee=cast.ingrid.employee,
            purpose="Sår",
            valid_from=MONDAY_DATE,
            valid_to=MONDAY_DATE + timedelta(days=3),
            asked_at=MONDAY,
        )
        actor = again(cast.ingrid)

        assert queries.ground_of(actor=actor, citizen_id=cast.per.pk, at=MONDAY) is Ground.REQUEST
        assert not actor.roles_at(cast.fjelldal.path)

    def test_the_help_ended_and_the_door_closes_by_the_municipalitys_terms(self, cast: Cast) -> None:
        Following.objects.filter(citizen=cast.olga).update(valid_to=MONDAY_DATE - timedelta(days=20))

        def reads(member: Member) -> bool:
            return queries.readable(again(member), on=MONDAY_DATE).filter(pk=cast.olga.pk).exists()

        assert (reads(cast.ingrid), reads(cast.marit), reads(cast.amir)) == (False, True, False)
        AccessTerms.objects.create(
            valid_from=MONDAY_DATE, clinical_days=30, case_worker_days=0, leader_days=0, emergency_hours=2,
            decided_at=MONDAY,
        )  # fmt: skip
        assert (reads(cast.ingrid), reads(cast.marit), reads(cast.amir)) == (True, False, False)

    def test_what_opens_and_bars_is_read_in_one_query(self, cast: Cast, django_assert_num_queries: Any) -> None:
        bar(cast.olga, cast.amir)
        emergency(cast.per, cast.amir, cast.bekkedal)

        with django_assert_num_queries(1):
            queries.with_reach(cast.amir.actor, at=MONDAY)

    def test_get_citizen_asks_as_many_whatever_opens_and_bars(self, cast: Cast, django_assert_num_queries: Any) -> None:
        bar(cast.arne, cast.amir)
        emergency(cast.per, cast.amir, cast.bekkedal)
        actor = again(cast.amir)

        with django_assert_num_queries(1):
            queries.get_citizen(actor=actor, citizen_id=cast.olga.pk, at=MONDAY)
        with django_assert_num_queries(1):
            queries.get_citizen(actor=actor, citizen_id=cast.per.pk, at=MONDAY)


days = st.integers(-120, 5).map(lambda number: MONDAY_DATE + timedelta(days=number))
spans = st.tuples(days, st.none() | st.integers(0, 130)).map(
    lambda pair: (pair[0], None if pair[1] is None else pair[0] + timedelta(days=pair[1]))
)
moments = st.integers(-6, 1).map(lambda hours: MONDAY + timedelta(hours=hours))


class TestTheDatabaseSaysTheSame:
    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(
        followed=st.lists(st.tuples(st.sampled_from(["bekkedal", "solvik", "fjelldal"]), spans), max_size=3),
        bars=st.lists(st.tuples(st.sampled_from(list(rules.Bar)), spans), max_size=2),
        asked=st.lists(spans.filter(lambda span: span[1] is not None), max_size=1),
        opened=st.lists(
            st.tuples(st.sampled_from(["FOUND", "DANGER"]), moments, st.integers(1, 5), st.booleans()), max_size=2
        ),
        who=st.sampled_from(["ingrid", "amir", "marit", "admin"]),
    )
    def test_whatever_has_happened_reach_is_what_the_rule_says(
        self, cast: Cast, followed: Any, bars: Any, asked: Any, opened: Any, who: str
    ) -> None:
        for model in (Barrier, AskedIn, EmergencyAccess):
            model._default_manager.all().delete()
        Following.objects.filter(citizen=cast.olga).delete()
        member: Member = getattr(cast, who)
        stored = []
        taken = set()
        for team, (first, after) in followed:
            if after is None and team in taken:
                continue  # the database refuses two open rows of one unit
            taken |= {team} if after is None else set()
            unit = getattr(cast, team)
            Following.objects.create(citizen=cast.olga, unit=unit, valid_from=first, valid_to=after)
            stored.append(rules.Followed(unit.path, Days(first, after)))
        kept: list[rules.Barrier] = []
        for kind, (first, after) in bars:
            if after is None and any(one.days.after is None for one in kept):
                continue
            Barrier.objects.create(
                citizen=cast.olga, employee=member.employee, kind=kind, valid_from=first, valid_to=after, made_at=MONDAY
            )
            kept.append(rules.Barrier(kind, Days(first, after)))
        for first, after in asked:
            AskedIn.objects.create(
                citizen=cast.olga, employee=member.employee, purpose="x", valid_from=first, valid_to=after,
                asked_at=MONDAY,
            )  # fmt: skip
        emergencies = []
        for reason, at, hours, closed in opened:
            ended_at = at + timedelta(minutes=30) if closed else None
            emergency(cast.olga, member, cast.bekkedal, hours=hours, reason=reason, opened_at=at, ended_at=ended_at)
            emergencies.append(
                rules.Emergency(
                    reason, Period(at, min(ended_at or at + timedelta(hours=9), at + timedelta(hours=hours)))
                )
            )
        roles = {"ingrid": Role.NURSE, "amir": Role.CARE_WORKER, "marit": Role.TEAM_LEADER, "admin": None}
        paths = {
            "ingrid": {cast.bekkedal.path}, "amir": {cast.bekkedal.path},
            "marit": {cast.bekkedal.path, cast.solvik.path}, "admin": set(),
        }[who]  # fmt: skip
        former = {Role.NURSE: 14, Role.TEAM_LEADER: 90}.get(roles[who] or Role.ADMINISTRATOR)
        reader = rules.Reader(frozenset(paths), dict.fromkeys(paths, former) if former else {})
        said = rules.ground_of(
            reader,
            rules.Between(tuple(stored), tuple(kept), tuple(emergencies), tuple(Days(*span) for span in asked)),
            on=MONDAY_DATE,
            at=MONDAY,
        )

        actor = again(member)

        assert queries.readable(actor, on=MONDAY_DATE).filter(pk=cast.olga.pk).exists() is (said is not None)
        assert queries.ground_of(actor=actor, citizen_id=cast.olga.pk, at=MONDAY) == said
        listed = queries.reachable(actor, on=MONDAY_DATE).filter(pk=cast.olga.pk).exists()
        assert listed is (said in {Ground.FOLLOWS, Ground.REQUEST, Ground.EMERGENCY})
        try:
            queries.get_citizen(actor=actor, citizen_id=cast.olga.pk, at=MONDAY)
        except NotFound:
            assert said is None
        else:
            assert said is not None


class TestTemp:
    @pytest.mark.parametrize(
        ("at", "reads"),
        [
            (datetime(2026, 11, 22, 20, 0, tzinfo=UTC), False),
            (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), True),  # past midnight in Oslo: the day has begun
            (datetime(2026, 11, 23, 12, 0, tzinfo=UTC), True),
            (datetime(2026, 11, 24, 8, 0, tzinfo=UTC), True),  # 09.00: the night ended at 07.30
            (datetime(2026, 11, 24, 9, 0, tzinfo=UTC), False),
        ],
    )
    def test_reaches_on_the_day_she_works_and_a_little_around_it(self, cast: Cast, at: datetime, reads: bool) -> None:
        temp = _temp(cast)
        builders.shift(temp.employee, cast.bekkedal, MONDAY_DATE, starts=_clock(22), ends=_clock(7, 30))

        actor = again(temp, at)

        assert queries.reachable(actor, on=MONDAY_DATE).exists() is reads
        assert bool(actor.resting) is not reads

    def test_one_who_has_said_she_does_not_come_reaches_nobody(self, cast: Cast) -> None:
        temp = _temp(cast)
        builders.shift(temp.employee, cast.bekkedal, MONDAY_DATE)
        builders.absence(temp.employee, MONDAY_DATE, reported_at=MONDAY)

        assert not again(temp).grants

    def test_lent_to_another_team_reaches_it_that_day_alone(self, cast: Cast) -> None:
        builders.shift(cast.amir.employee, cast.fjelldal, MONDAY_DATE)

        assert cast.per in queries.reachable(again(cast.amir), on=MONDAY_DATE)
        assert cast.olga in queries.reachable(again(cast.amir), on=MONDAY_DATE)
        later = MONDAY + timedelta(days=2)
        assert cast.per not in queries.reachable(again(cast.amir, later), on=later.date())

    def test_off_duty_is_told_so(
        self, cast: Cast, client_of: Callable[[Member], Client], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tillit.kernel.clock.now", lambda: MONDAY)
        page = client_of(_temp(cast)).get("/brukere/")

        assert page.status_code == 403
        assert "ikke vakt i dag" in page.content.decode()


def _clock(hour: int, minute: int = 0) -> Any:
    from datetime import time

    return time(hour, minute)


def _temp(cast: Cast) -> Member:
    from tillit.foundation.workforce.models import Position

    Position.objects.filter(employee=cast.kari.employee).update(employment="TEMPORARY")
    return replace(cast.kari)
