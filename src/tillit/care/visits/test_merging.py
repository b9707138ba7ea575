"""Two registrations that were one person: nothing is lost, nothing doubled, and everything hangs on the right one."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import builders, builders_visits
from tests import builders_plan as build
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY_DATE, Cast
from tillit.care.careplans.models import CarePlan
from tillit.care.citizens import actions as citizens
from tillit.care.citizens import queries as citizen_queries
from tillit.care.citizens.models import Citizen, Following, HelperWish, Home, Identifier, NetworkMember, Responsible
from tillit.care.citizens.rules import MergeProblem, Registration, is_better, problem_of
from tillit.care.needs.models import WhatMatters
from tillit.care.visits import actions
from tillit.care.visits.models import FollowUp, LearnedMinutes, Visit, VisitState
from tillit.care.visits.rules.merging import SLOT_LENGTH, new_slots
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.access.roles import Role
from tillit.kernel.errors import ChangedMeanwhile, NotAllowed, NotFound

DAYS = st.integers(0, 3).map(lambda number: MONDAY_DATE + timedelta(days=number))
KEYS = st.tuples(DAYS, st.sampled_from(["MORNING", "EVENING", "MORNING~12", "MORNING~12.2", "CLEANING:412", "X" * 40]))


class TestNewSlots:
    @given(st.dictionaries(st.integers(1, 50), KEYS, max_size=12), st.sets(KEYS, max_size=10))
    def test_no_two_visits_share_a_place_and_none_moves_without_need(
        self, visits: dict[int, tuple[date, str]], taken: set[tuple[date, str]]
    ) -> None:
        found = new_slots(visits, taken=taken, wrong_id=12)

        after = [
            (on, found.get(pk, slot)) for pk, (on, slot) in visits.items() if pk in found or (on, slot) not in taken
        ]
        placed = [(on, found.get(pk, slot)) for pk, (on, slot) in visits.items()]
        assert len(set(placed)) == len(visits)
        assert taken.isdisjoint(placed) and len(after) == len(visits)
        assert all(len(slot) <= SLOT_LENGTH for slot in found.values())
        assert set(found) <= set(visits)


class TestProblemOf:
    def test_two_national_numbers_are_two_persons_and_a_d_number_is_replaced(self) -> None:
        def between(wrong: str, right: str, *, dead: bool = False) -> MergeProblem | None:
            return problem_of(Registration(1, wrong, is_dead=dead), Registration(2, right))

        assert between("FNR", "FNR") == MergeProblem.TWO_NUMBERS
        assert between("DNR", "FNR") is None and between("UNKNOWN", "FNR") is None
        assert between("UNKNOWN", "FNR", dead=True) == MergeProblem.DEAD_AND_ALIVE
        assert problem_of(Registration(1, "FNR"), Registration(1, "FNR")) == MergeProblem.SAME
        assert is_better("FNR", than="DNR") and not is_better("UNKNOWN", than="UNKNOWN")


def unknown(cast: Cast, *, team: Any = None) -> Citizen:
    """«Ukjent kvinne», registered in haste."""
    found = builders.citizen("Ukjent", "Kvinne", team or cast.bekkedal, serial=700)
    Identifier.objects.filter(citizen=found).update(kind="UNKNOWN", value="")
    return found


def merge(cast: Cast, wrong: Citizen, *, actor: Any = None, edition: int = 1) -> Citizen:
    return citizens.merge_citizens(
        actor=actor or cast.marit.actor,
        wrong_id=wrong.pk,
        right_id=cast.olga.pk,
        wrong_edition=edition,
        right_edition=1,
        at=MONDAY,
    )


def planned(citizen: Citizen) -> list[tuple[date, str]]:
    rows = Visit.objects.filter(citizen=citizen, state=VisitState.PLANNED, latest_at__gt=MONDAY)
    return list(rows.order_by("on", "slot").values_list("on", "slot"))


class TestMerge:
    def test_what_was_done_and_said_hangs_on_the_right_one_and_none_is_lost(self, cast: Cast) -> None:
        wrong = unknown(cast)
        yesterday = MONDAY_DATE - timedelta(days=1)
        done = []
        for citizen in (cast.olga, wrong):
            visit = builders_visits.visit(citizen, cast.bekkedal, yesterday, cast.amir.employee, state=VisitState.DONE)
            Visit.objects.filter(pk=visit.pk).update(slot="MORNING")
            done.append(visit.pk)
        told = FollowUp.objects.create(
            citizen=wrong, kind="WORSE", words="Sliten", urgency="TODAY", told_at=MONDAY, due_at=MONDAY, press_key="a"
        )
        FollowUp.objects.create(
            citizen=cast.olga, kind="WORSE", words="x", urgency="TODAY", told_at=MONDAY, due_at=MONDAY, press_key="a"
        )
        said = build.words(wrong, "Jeg vil hjem.")
        LearnedMinutes.objects.create(citizen=wrong, line=1, minutes=10, basis=5, learned_on=yesterday)

        merge(cast, wrong)

        assert sorted(Visit.objects.filter(citizen=cast.olga).values_list("pk", flat=True)) == sorted(done)
        assert not Visit.objects.filter(citizen=wrong).exists()
        told.refresh_from_db()
        assert told.citizen_id == cast.olga.pk
        assert WhatMatters.objects.get(pk=said.pk).citizen_id == cast.olga.pk
        assert LearnedMinutes.objects.get().citizen_id == cast.olga.pk

    def test_with_two_plans_the_right_one_counts_and_no_visit_is_doubled(self, cast: Cast) -> None:
        wrong = unknown(cast)
        plans = {}
        for citizen, parts in ((cast.olga, ("MORNING",)), (wrong, ("MORNING", "EVENING"))):
            plans[citizen.pk] = build.plan(citizen)
            build.intervention(plans[citizen.pk], parts=parts)
            actions.make_visits(
                actor=cast.ingrid.actor,
                citizen_ids=[citizen.pk],
                unit_id=None,
                first=MONDAY_DATE,
                after=MONDAY_DATE + timedelta(days=14),
                at=MONDAY,
            )
        before = planned(cast.olga)

        merge(cast, wrong)

        assert planned(cast.olga) == before
        assert [plan.pk for plan in CarePlan.objects.filter(citizen=cast.olga, valid_to__isnull=True)] == [
            plans[cast.olga.pk].pk
        ]
        ended = CarePlan.objects.get(pk=plans[wrong.pk].pk)
        assert (ended.citizen_id, ended.valid_to) == (cast.olga.pk, MONDAY)

    def test_a_plan_only_the_wrong_one_has_goes_on_with_its_visits(self, cast: Cast) -> None:
        wrong = unknown(cast)
        plan = build.plan(wrong)
        build.intervention(plan)
        actions.make_visits(
            actor=cast.ingrid.actor,
            citizen_ids=[wrong.pk],
            unit_id=None,
            first=MONDAY_DATE,
            after=MONDAY_DATE + timedelta(days=14),
            at=MONDAY,
        )
        before, ids = planned(wrong), set(Visit.objects.values_list("pk", flat=True))

        merge(cast, wrong)

        assert planned(cast.olga) == before and set(Visit.objects.values_list("pk", flat=True)) == ids
        plan.refresh_from_db()
        assert plan.is_in_use and plan.citizen_id == cast.olga.pk

    def test_home_number_and_those_who_answer_stay_as_the_right_one_has_them(self, cast: Cast) -> None:
        wrong = unknown(cast, team=cast.solvik)
        number = Identifier.objects.get(citizen=cast.olga).value
        for citizen in (wrong, cast.olga):
            Responsible.objects.create(
                citizen=citizen, employee=cast.ingrid.employee, kind="PRIMARY_CONTACT", valid_from=builders.LONG_AGO
            )
        NetworkMember.objects.create(citizen=wrong, kind="RELATIVE", name="Liv", valid_from=builders.LONG_AGO)
        HelperWish.objects.create(citizen=wrong, kind="GLADLY", gender="K", valid_from=builders.LONG_AGO)

        merge(cast, wrong)

        assert citizen_queries.facts_now(cast.olga.pk).number == number
        assert Home.objects.get(citizen=cast.olga, valid_to__isnull=True).street == f"Strandveien {cast.olga.pk}"
        assert Home.objects.filter(citizen=cast.olga).count() == 2
        assert Responsible.objects.filter(citizen=cast.olga, valid_to__isnull=True).count() == 1
        assert NetworkMember.objects.get().citizen_id == HelperWish.objects.get().citizen_id == cast.olga.pk
        assert citizen_queries.unit_ids_of([cast.olga.pk], on=MONDAY_DATE)[cast.olga.pk] == (
            cast.bekkedal.pk,
            cast.solvik.pk,
        )

    def test_the_record_systems_id_follows_unless_both_have_one(self, cast: Cast) -> None:
        wrong = unknown(cast)
        Citizen.objects.filter(pk=wrong.pk).update(import_key="G-1")

        merge(cast, wrong)

        assert Citizen.objects.get(import_key="G-1").pk == cast.olga.pk

    def test_the_surest_number_holds(self, cast: Cast) -> None:
        Identifier.objects.filter(citizen=cast.olga).update(kind="UNKNOWN", value="")
        number = Identifier.objects.get(citizen=cast.arne).value

        merge(cast, cast.arne)

        assert citizen_queries.facts_now(cast.olga.pk).number == number
        assert Identifier.objects.filter(value=number, valid_to__isnull=True).count() == 1

    def test_the_wrong_one_is_shown_nowhere_and_leads_to_the_right_one(self, cast: Cast) -> None:
        wrong = unknown(cast)

        merge(cast, wrong)

        actor = cast.marit.actor
        with pytest.raises(NotFound):
            citizen_queries.get_citizen(actor=actor, citizen_id=wrong.pk, at=MONDAY)
        assert citizen_queries.merged_into(actor=actor, citizen_id=wrong.pk, at=MONDAY) == cast.olga.pk
        assert citizen_queries.merged_into(actor=cast.frida.actor, citizen_id=wrong.pk, at=MONDAY) is None
        assert not citizen_queries.search_citizens(actor=actor, text="ukjent", on=MONDAY_DATE).citizen_ids
        assert wrong.pk not in citizen_queries.former_ids(actor=actor, unit_id=cast.bekkedal.pk, on=TUESDAY_DATE)
        assert [line.name for line in citizen_queries.merged_from(cast.olga.pk)] == ["Ukjent Kvinne"]

    def test_the_audit_trail_lists_the_ids_and_no_names(self, cast: Cast) -> None:
        wrong = unknown(cast)
        visit = builders_visits.visit(wrong, cast.bekkedal, MONDAY_DATE, cast.amir.employee, state=VisitState.DONE)
        following = Following.objects.get(citizen=wrong)

        merge(cast, wrong)

        entries = AuditEntry.objects.filter(action="citizens.merge_citizens")
        said: dict[str, Any] = {key: value for entry in entries for key, value in entry.change.items()}
        assert said["visits"] == [visit.pk] and said["followings"] == [following.pk]
        assert {entry.actor_name for entry in entries} == {"Marit Aune"}
        assert "Ukjent" not in str(said)
        assert {entry.citizen_id for entry in entries} == {wrong.pk, cast.olga.pk}

    def test_refuses_two_persons_and_what_has_changed(self, cast: Cast) -> None:
        with pytest.raises(citizens.CannotMerge) as refused:
            merge(cast, cast.arne)
        assert refused.value.problem == MergeProblem.TWO_NUMBERS
        with pytest.raises(ChangedMeanwhile):
            merge(cast, unknown(cast), edition=4)
        with pytest.raises(citizens.CannotMerge):
            merge(cast, cast.olga)
        assert not Citizen.objects.filter(merged_into__isnull=False).exists()

    def test_reach_to_both_is_needed_and_a_nurse_may_not(self, cast: Cast) -> None:
        near, far = unknown(cast), builders.citizen("Ukjent", "Mann", cast.fjelldal, serial=750)

        with pytest.raises(NotAllowed):
            merge(cast, near, actor=cast.ingrid.actor)
        with pytest.raises(NotFound):
            merge(cast, far)
        with pytest.raises(NotFound):
            merge(cast, near, actor=cast.admin.actor)

    def test_an_administrator_who_also_works_in_the_team_may(self, cast: Cast) -> None:
        from tillit.foundation.workforce.actors import actor_of

        builders.role(cast.ingrid.employee, Role.ADMINISTRATOR, cast.municipality)
        actor = actor_of(user_id=cast.ingrid.user.pk, name=cast.ingrid.user.name, at=MONDAY)

        assert merge(cast, unknown(cast), actor=actor) == cast.olga
