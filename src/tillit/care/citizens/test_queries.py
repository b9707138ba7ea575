"""Who is reached, and what is read of her."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY, Cast, Member
from tillit.care.citizens import queries
from tillit.care.citizens.models import Alert, Citizen, Following, HelperWish, Home, Responsible, Whereabouts
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor, Grant, system
from tillit.foundation.access.roles import Role
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound


def reached(actor: Actor, *, on: date = MONDAY_DATE) -> set[int]:
    return set(queries.reachable(actor, on=on).values_list("pk", flat=True))


class TestReachable:
    def test_a_team_reaches_its_own_citizens_only(self, cast: Cast) -> None:
        assert reached(cast.ingrid.actor) == {cast.olga.pk, cast.arne.pk}
        assert reached(cast.frida.actor) == {cast.per.pk}
        assert reached(cast.nils.actor) == set()

    def test_a_leader_reaches_every_team_she_leads(self, cast: Cast) -> None:
        lise = builders.citizen("Lise", "Dal", cast.solvik, serial=600)

        assert reached(cast.marit.actor) == {cast.olga.pk, cast.arne.pk, lise.pk}

    def test_a_leader_of_the_district_reads_below_and_not_beside(self, cast: Cast) -> None:
        leader = Actor(user_id=1, name="L", grants=(Grant(Role.DISTRICT_LEADER, cast.south.path),))

        assert reached(leader) == {cast.olga.pk, cast.arne.pk}

    @pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PROJECT_LEADER, Role.REPRESENTATIVE])
    def test_those_who_do_not_help_see_nobody(self, cast: Cast, role: Role) -> None:
        actor = Actor(user_id=1, name="A", grants=(Grant(role, cast.municipality.path),))

        assert reached(actor) == set()
        with pytest.raises(NotFound):
            queries.get_citizen(actor=actor, citizen_id=cast.olga.pk, at=MONDAY)

    def test_two_teams_may_follow_one_citizen(self, cast: Cast) -> None:
        Following.objects.create(citizen=cast.olga, unit=cast.solvik, part="trening", valid_from=MONDAY_DATE)

        assert cast.olga.pk in reached(cast.nils.actor)
        assert cast.olga.pk in reached(cast.ingrid.actor)
        assert queries.scope_of(cast.olga.pk, on=MONDAY_DATE).paths == (cast.bekkedal.path, cast.solvik.path)

    def test_following_holds_from_a_day_to_the_day_before_another(self, cast: Cast) -> None:
        Following.objects.filter(citizen=cast.olga).update(valid_to=MONDAY_DATE)

        assert cast.olga.pk in reached(cast.ingrid.actor, on=MONDAY_DATE - timedelta(days=1))
        assert cast.olga.pk not in reached(cast.ingrid.actor, on=MONDAY_DATE)
        assert queries.scope_of(cast.olga.pk, on=MONDAY_DATE).paths == ()

    def test_the_system_reaches_all(self, cast: Cast) -> None:
        assert reached(system("nattjobb")) == {cast.olga.pk, cast.arne.pk, cast.per.pk}


class TestGetCitizen:
    def test_returns_her_and_notes_the_reading(self, cast: Cast) -> None:
        with reading.watching() as watch:
            found = queries.get_citizen(actor=cast.amir.actor, citizen_id=cast.olga.pk, at=MONDAY)

        assert found == cast.olga
        assert watch.seen == {cast.olga.pk: False}

    def test_out_of_reach_looks_the_same_as_not_existing(self, cast: Cast) -> None:
        texts = []
        for citizen_id in (cast.per.pk, 999_999):
            with pytest.raises(NotFound) as refused:
                queries.get_citizen(actor=cast.ingrid.actor, citizen_id=citizen_id, at=MONDAY)
            texts.append(refused.value.text)

        assert texts[0] == texts[1]


def everything_about(citizen: Citizen, ingrid: Member, amir: Member) -> None:
    Alert.objects.create(citizen=citizen, kind="ALLERGY", text="Penicillin", valid_from=MONDAY_DATE)
    Alert.objects.create(citizen=citizen, kind="FALL", text="Ended", valid_from=date(2026, 1, 1), valid_to=MONDAY_DATE)
    Whereabouts.objects.create(citizen=citizen, kind="HOSPITAL", place="Sykehuset", from_at=MONDAY)
    for kind, deputy, member in (
        ("SERVICE_RESPONSIBLE", False, ingrid),
        ("PRIMARY_CONTACT", False, amir),
        ("PRIMARY_CONTACT", True, ingrid),
    ):
        Responsible.objects.create(
            citizen=citizen, employee=member.employee, kind=kind, is_deputy=deputy, valid_from=MONDAY_DATE
        )


class TestBriefs:
    def test_tells_what_a_list_needs_and_never_the_code(self, cast: Cast) -> None:
        everything_about(cast.olga, cast.ingrid, cast.amir)
        Home.objects.filter(citizen=cast.olga).update(door_code="4711", way_in="Ring på")

        brief = queries.briefs([cast.olga.pk], on=MONDAY_DATE)[cast.olga.pk]

        assert (brief.name, brief.first_name, brief.age) == ("Olga Hansen", "Olga", 88)
        assert (brief.way_in, brief.has_code) == ("Ring på", True)
        assert "4711" not in repr(brief)
        assert [(alert.kind, alert.text) for alert in brief.alerts] == [("ALLERGY", "Penicillin")]
        assert (brief.whereabouts, brief.whereabouts_text) == ("HOSPITAL", "På sykehus, Sykehuset")
        assert brief.unit_ids == (cast.bekkedal.pk,)
        assert brief.service_responsible_id == cast.ingrid.employee.pk
        assert brief.primary_contact_id == cast.amir.employee.pk
        assert brief.deputies == (cast.ingrid.employee.pk,)

    def test_one_who_came_home_today_is_home_by_the_end_of_the_day_and_away_until_then(self, cast: Cast) -> None:
        Whereabouts.objects.create(
            citizen=cast.olga, kind="HOSPITAL", from_at=MONDAY - timedelta(days=3), to_at=MONDAY + timedelta(hours=3)
        )

        assert queries.briefs([cast.olga.pk], on=MONDAY_DATE)[cast.olga.pk].is_home
        assert not queries.briefs([cast.olga.pk], on=MONDAY_DATE, at=MONDAY)[cast.olga.pk].is_home

    def test_a_new_address_counts_from_its_day(self, cast: Cast) -> None:
        tomorrow = MONDAY_DATE + timedelta(days=1)
        Home.objects.filter(citizen=cast.olga).update(valid_to=tomorrow)
        Home.objects.create(
            citizen=cast.olga, street="Nyveien 2", postal_code="6770", place="Fjordvik", valid_from=tomorrow
        )

        assert queries.briefs([cast.olga.pk], on=MONDAY_DATE)[cast.olga.pk].street.startswith("Strandveien")
        assert queries.briefs([cast.olga.pk], on=tomorrow)[cast.olga.pk].street == "Nyveien 2"

    def test_asks_as_often_for_thirty_as_for_two_and_notes_them_all(self, cast: Cast) -> None:
        everything_about(cast.olga, cast.ingrid, cast.amir)
        many = [
            builders.citizen("Ny", f"Bruker{number}", cast.bekkedal, serial=100 + 20 * number) for number in range(28)
        ]
        for citizen in many:
            everything_about(citizen, cast.ingrid, cast.amir)
        with CaptureQueriesContext(
            connection,
        ) as few:
            queries.briefs([cast.olga.pk, cast.arne.pk], on=MONDAY_DATE)
        with CaptureQueriesContext(connection) as all_of_them, reading.watching() as watch:
            found = queries.briefs([cast.olga.pk, cast.arne.pk, *(one.pk for one in many)], on=MONDAY_DATE)

        assert len(found) == 30
        assert len(all_of_them) == len(few) == 6
        assert len(watch.seen) == 30


class TestBriefOf:
    def test_says_the_same_as_the_briefs_from_what_stands_around(self, cast: Cast) -> None:
        everything_about(cast.olga, cast.ingrid, cast.amir)
        tomorrow, yesterday = MONDAY_DATE + timedelta(days=1), MONDAY_DATE - timedelta(days=1)
        Following.objects.create(citizen=cast.olga, unit=cast.solvik, part="trening", valid_from=yesterday)
        Following.objects.create(citizen=cast.olga, unit=cast.fjelldal, part="dusj", valid_from=tomorrow)
        Responsible.objects.filter(citizen=cast.olga, kind="PRIMARY_CONTACT", is_deputy=False).update(valid_to=tomorrow)
        Responsible.objects.create(
            citizen=cast.olga, kind="PRIMARY_CONTACT", employee=cast.ingrid.employee, valid_from=tomorrow
        )
        Whereabouts.objects.filter(citizen=cast.olga).update(to_at=MONDAY + timedelta(hours=4))
        Whereabouts.objects.create(citizen=cast.olga, kind="AWAY", place="Hytta", from_at=MONDAY + timedelta(days=9))

        for citizen in (cast.olga, cast.arne):
            for at in (MONDAY, MONDAY + timedelta(hours=9)):
                around = queries.around(citizen.pk, on=MONDAY_DATE, at=at)
                with CaptureQueriesContext(connection) as asked:
                    found = queries.brief_of(citizen, around, on=MONDAY_DATE, at=at)

                assert found == queries.briefs([citizen.pk], on=MONDAY_DATE, at=at)[citizen.pk]
                assert len(asked) == 1


class TestWishes:
    def test_are_told_per_citizen_while_they_hold(self, cast: Cast) -> None:
        HelperWish.objects.create(
            citizen=cast.olga, kind="MUST_NOT", employee=cast.amir.employee, valid_from=MONDAY_DATE
        )
        HelperWish.objects.create(
            citizen=cast.olga, kind="GLADLY", gender="K", valid_from=date(2026, 1, 1), valid_to=MONDAY_DATE
        )

        found = queries.wishes([cast.olga.pk, cast.arne.pk], on=MONDAY_DATE)

        assert found == {cast.olga.pk: [queries.Wish("MUST_NOT", cast.amir.employee.pk, "")]}


class TestAwayPeriods:
    def test_touch_the_period_and_leave_out_what_was_called_off(self, cast: Cast) -> None:
        today = oslo.whole_day(MONDAY_DATE)
        Whereabouts.objects.create(citizen=cast.olga, kind="HOSPITAL", from_at=MONDAY)
        Whereabouts.objects.create(citizen=cast.arne, kind="AWAY", from_at=MONDAY, to_at=MONDAY)
        Whereabouts.objects.create(
            citizen=cast.arne, kind="AWAY", from_at=MONDAY - timedelta(days=9), to_at=today.start
        )

        found = queries.away_periods([cast.olga.pk, cast.arne.pk], today)

        assert list(found) == [cast.olga.pk]
        assert found[cast.olga.pk][0].contains(TUESDAY)
        assert not found[cast.olga.pk][0].contains(MONDAY - timedelta(seconds=1))


class TestCitizenIdsOfUnit:
    def test_counts_work_groups_in_the_team(self, cast: Cast) -> None:
        group = builders.unit("Arbeidslag", parent=cast.bekkedal)
        inger = builders.citizen("Inger", "Li", group, serial=800)

        assert queries.citizen_ids_of_unit(cast.bekkedal.pk, MONDAY_DATE) == [cast.olga.pk, cast.arne.pk, inger.pk]
        assert queries.citizen_ids_of_unit(group.pk, MONDAY_DATE) == [inger.pk]
        assert queries.citizen_ids_of_unit(999_999, MONDAY_DATE) == []


class TestColleagues:
    def test_are_those_of_the_citizens_own_teams_in_norwegian_order(self, cast: Cast) -> None:
        names = [found.name for found in queries.colleagues_of(cast.olga.pk, on=MONDAY_DATE)]

        assert names == ["Marit Aune", "Kari Nilsen", "Amir Rahimi", "Ingrid Solheim"]
