"""A merge that was a mistake: what nobody has changed since goes back, and the rest is told."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests import builders, builders_visits
from tests import builders_plan as build
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.care.careplans.models import CarePlan
from tillit.care.citizens import actions as citizens
from tillit.care.citizens import queries as citizen_queries
from tillit.care.citizens.models import (
    Alert,
    Citizen,
    EndOfHelp,
    Following,
    HelperWish,
    Home,
    Identifier,
    Merge,
    NetworkMember,
    Responsible,
)
from tillit.care.needs.models import WhatMatters
from tillit.care.visits import actions
from tillit.care.visits.models import FollowUp, LearnedMinutes, Visit, VisitState
from tillit.care.visits.test_merging import merge, unknown
from tillit.foundation.access import reading
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.access.roles import Role
from tillit.foundation.workforce.actors import actor_of
from tillit.kernel.errors import ChangedMeanwhile, NotAllowed, NotFound

LATER = MONDAY + timedelta(hours=2)


def undo(cast: Cast, wrong: Citizen, *, actor: Any = None, edition: int | None = None) -> citizens.Undone:
    return citizens.undo_merge(
        actor=actor or cast.marit.actor,
        wrong_id=wrong.pk,
        right_id=cast.olga.pk,
        right_edition=Citizen.objects.get(pk=cast.olga.pk).edition if edition is None else edition,
        at=LATER,
    )


def make(cast: Cast, citizen: Citizen) -> None:
    actions.make_visits(
        actor=cast.ingrid.actor,
        citizen_ids=[citizen.pk],
        unit_id=None,
        first=MONDAY_DATE,
        after=MONDAY_DATE + timedelta(days=14),
        at=MONDAY,
    )


def planned(citizen: Citizen) -> list[tuple[date, str]]:
    rows = Visit.objects.filter(citizen=citizen, state=VisitState.PLANNED, latest_at__gt=LATER)
    return list(rows.order_by("on", "slot").values_list("on", "slot"))


def rich(cast: Cast) -> Citizen:
    """Somebody with something of everything, followed by Bekkedal as Olga is, and by Solvik."""
    wrong = unknown(cast)
    Following.objects.create(citizen=wrong, unit=cast.solvik, valid_from=builders.LONG_AGO)
    for citizen in (wrong, cast.olga):
        Responsible.objects.create(
            citizen=citizen, employee=cast.ingrid.employee, kind="PRIMARY_CONTACT", valid_from=builders.LONG_AGO
        )
        Alert.objects.create(citizen=citizen, kind="FALL", text="Går ustøtt", valid_from=builders.LONG_AGO)
    NetworkMember.objects.create(citizen=wrong, kind="RELATIVE", name="Liv", valid_from=builders.LONG_AGO)
    HelperWish.objects.create(citizen=wrong, kind="GLADLY", gender="K", valid_from=builders.LONG_AGO)
    build.words(wrong, "Jeg vil hjem.")
    LearnedMinutes.objects.create(citizen=wrong, line=1, minutes=10, basis=5, learned_on=MONDAY_DATE)
    for citizen in (wrong, cast.olga):
        FollowUp.objects.create(
            citizen=citizen, kind="WORSE", words="Sliten", urgency="TODAY", told_at=MONDAY, due_at=MONDAY, press_key="a"
        )
        done = builders_visits.visit(
            citizen, cast.bekkedal, MONDAY_DATE - timedelta(days=1), cast.amir.employee, state=VisitState.DONE
        )
        Visit.objects.filter(pk=done.pk).update(slot="MORNING")
        build.intervention(build.plan(citizen), parts=("MORNING",))
        make(cast, citizen)
    return wrong


#: Everything that hangs on a citizen, and the fields a merge may change.
TABLES: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Following, ("valid_to",)), (Home, ("valid_to",)), (Identifier, ("kind", "value", "valid_to")),
    (Responsible, ("valid_to",)), (Alert, ("valid_to",)), (NetworkMember, ()), (HelperWish, ()), (WhatMatters, ()),
    (LearnedMinutes, ("line",)), (FollowUp, ("press_key",)), (CarePlan, ("valid_to", "dropped_at")),
    (EndOfHelp, ("taken_back_at",)),
)  # fmt: skip


def everything(citizen: Citizen) -> dict[str, Any]:
    found: dict[str, Any] = {
        table.__name__: list(table.objects.filter(citizen=citizen).order_by("pk").values_list("pk", *fields))
        for table, fields in TABLES
    }
    past = Visit.objects.filter(citizen=citizen, latest_at__lte=MONDAY).order_by("pk")
    found["past"] = list(past.values_list("pk", "slot", "state"))
    found["planned"] = planned(citizen)
    found["key"] = Citizen.objects.get(pk=citizen.pk).import_key
    return found


class TestUndo:
    def test_when_nothing_has_changed_everything_stands_as_before(self, cast: Cast) -> None:
        wrong = rich(cast)
        Citizen.objects.filter(pk=wrong.pk).update(import_key="G-1")
        before = everything(wrong), everything(cast.olga)
        merge(cast, wrong)
        assert everything(wrong) != before[0]

        undone = undo(cast, wrong)

        assert everything(wrong) == before[0] and everything(cast.olga) == before[1]
        taken_away = len(before[0]["planned"]) + 1  # coming visits; the one of this morning is past by now
        assert undone.outcome["visits"] == {"back": 1, "gone": taken_away}
        rest = [fates for part, fates in undone.outcome.items() if part != "visits"]
        assert {fate for fates in rest for fate in fates} == {"back"}
        found = citizen_queries.get_citizen(actor=cast.marit.actor, citizen_id=wrong.pk, at=LATER)
        assert (found.merged_into_id, found.merged_at, found.edition) == (None, None, 3)
        assert citizen_queries.merged_from(cast.olga.pk) == []

    def test_nothing_is_deleted_and_they_can_be_merged_and_parted_again(self, cast: Cast) -> None:
        wrong = rich(cast)
        before = everything(wrong), everything(cast.olga)
        for _turn in range(2):
            editions = dict(Citizen.objects.values_list("pk", "edition"))
            citizens.merge_citizens(
                actor=cast.marit.actor, wrong_id=wrong.pk, right_id=cast.olga.pk,
                wrong_edition=editions[wrong.pk], right_edition=editions[cast.olga.pk], at=MONDAY,
            )  # fmt: skip
            undo(cast, wrong)

        assert (everything(wrong), everything(cast.olga)) == before
        assert [one.undone_at for one in Merge.objects.all()] == [LATER, LATER]

    def test_the_surest_number_goes_back_to_whom_it_belongs_and_the_copy_ends(self, cast: Cast) -> None:
        Identifier.objects.filter(citizen=cast.olga).update(kind="UNKNOWN", value="")
        number = Identifier.objects.get(citizen=cast.arne).value
        merge(cast, cast.arne)

        undo(cast, cast.arne)

        assert citizen_queries.facts_now(cast.arne.pk).number == number
        assert citizen_queries.facts_now(cast.olga.pk).number == ""
        assert Identifier.objects.filter(value=number).count() == 2, "the copy ends, and is kept"

    def test_a_number_corrected_since_holds(self, cast: Cast) -> None:
        Identifier.objects.filter(citizen=cast.olga).update(kind="UNKNOWN", value="")
        own = Identifier.objects.get(citizen=cast.olga)
        merge(cast, cast.arne)
        Identifier.objects.filter(citizen=cast.olga).update(valid_to=MONDAY_DATE)
        Identifier.objects.create(citizen=cast.olga, kind="FNR", value="10915596784", valid_from=MONDAY_DATE)

        undone = undo(cast, cast.arne)

        assert citizen_queries.facts_now(cast.olga.pk).number == "10915596784"
        own.refresh_from_db()
        assert own.valid_to is not None and undone.outcome["numbers"] == {"back": 1, "changed": 1}

    def test_a_number_somebody_else_has_by_now_is_told(self, cast: Cast) -> None:
        number = Identifier.objects.get(citizen=cast.arne).value
        Identifier.objects.filter(citizen=cast.arne).update(kind="DNR")
        merge(cast, cast.arne)
        Identifier.objects.create(citizen=cast.per, kind="DNR", value=number, valid_from=MONDAY_DATE)

        undone = undo(cast, cast.arne)

        assert undone.outcome["numbers"] == {"taken": 1}
        assert Identifier.objects.get(citizen=cast.arne).valid_to == MONDAY_DATE


class TestWhatHasChangedSince:
    def test_stays_with_the_right_one_and_is_told(self, cast: Cast) -> None:
        wrong = rich(cast)
        merge(cast, wrong)
        NetworkMember.objects.update(phone="911 11 111")
        FollowUp.objects.filter(press_key="").update(closed_at=LATER, answer="Ringt")
        plan = CarePlan.objects.exclude(valid_to=None).get()
        CarePlan.objects.filter(pk=plan.pk).update(edition=9)

        undone = undo(cast, wrong)

        assert undone.outcome["network"] == undone.outcome["follow_ups"] == undone.outcome["plans"] == {"changed": 1}
        assert NetworkMember.objects.get().citizen_id == cast.olga.pk
        assert CarePlan.objects.get(pk=plan.pk).citizen_id == cast.olga.pk
        assert FollowUp.objects.filter(citizen=cast.olga).count() == 2
        assert undone.outcome["alerts"] == undone.outcome["homes"] == {"back": 1}

    def test_a_visit_carried_out_since_stays_and_others_go_back(self, cast: Cast) -> None:
        wrong = unknown(cast)
        build.intervention(build.plan(wrong), parts=("MORNING", "EVENING"))
        make(cast, wrong)
        ids = set(Visit.objects.filter(citizen=wrong).values_list("pk", flat=True))
        merge(cast, wrong)
        done = Visit.objects.filter(pk__in=ids).order_by("on", "slot")[0].pk
        Visit.objects.filter(pk=done).update(state=VisitState.DONE)

        undone = undo(cast, wrong)

        assert undone.outcome["visits"] == {"back": len(ids) - 1, "changed": 1}
        assert Visit.objects.get(pk=done).citizen_id == cast.olga.pk
        assert set(Visit.objects.filter(citizen=wrong, pk__in=ids).values_list("pk", flat=True)) == ids - {done}
        assert planned(cast.olga) == [], "Olga has no plan of her own"

    def test_what_was_written_since_stays_where_it_was_written(self, cast: Cast) -> None:
        wrong = unknown(cast)
        merge(cast, wrong)
        said = build.words(cast.olga, "Jeg vil ut i hagen.")

        undo(cast, wrong)

        assert WhatMatters.objects.get(pk=said.pk).citizen_id == cast.olga.pk

    def test_a_team_that_has_stopped_following_since_goes_back_as_stopped(self, cast: Cast) -> None:
        wrong = unknown(cast, team=cast.solvik)
        merge(cast, wrong)
        Following.objects.filter(unit=cast.solvik).update(valid_to=MONDAY_DATE)

        undone = undo(cast, wrong)

        row = Following.objects.get(citizen=wrong)
        assert (row.unit_id, row.valid_to) == (cast.solvik.pk, MONDAY_DATE)
        assert undone.outcome["followings"] == {"back": 1}
        actor = cast.marit.actor
        assert citizen_queries.get_citizen(actor=actor, citizen_id=wrong.pk, at=LATER + timedelta(days=1)) == wrong

    def test_the_record_systems_id_that_was_changed_since_stays(self, cast: Cast) -> None:
        wrong = unknown(cast)
        Citizen.objects.filter(pk=wrong.pk).update(import_key="G-1")
        merge(cast, wrong)
        Citizen.objects.filter(pk=cast.olga.pk).update(import_key="G-2")

        undone = undo(cast, wrong)

        keys = dict(Citizen.objects.filter(pk__in=(wrong.pk, cast.olga.pk)).values_list("pk", "import_key"))
        assert keys == {wrong.pk: None, cast.olga.pk: "G-2"} and undone.outcome["keys"] == {"changed": 1}

    def test_an_end_of_help_holds_again_with_its_visits(self, cast: Cast) -> None:
        citizens.end_help(
            actor=cast.ingrid.actor, citizen_id=cast.olga.pk, ends_on=MONDAY_DATE, edition=1, at=MONDAY - timedelta(1)
        )
        wrong = unknown(cast)
        build.intervention(build.plan(wrong), parts=("MORNING",))
        citizens.merge_citizens(
            actor=cast.marit.actor,
            wrong_id=wrong.pk,
            right_id=cast.olga.pk,
            wrong_edition=1,
            right_edition=2,
            at=MONDAY,
        )
        assert planned(cast.olga) and EndOfHelp.objects.get().taken_back_at is not None

        undo(cast, wrong)

        assert EndOfHelp.objects.get().taken_back_at is None
        assert planned(cast.olga) == [] and len(planned(wrong)) == 13


class TestRefusals:
    def test_a_merge_from_before_cannot_be_undone_and_says_so(self, cast: Cast) -> None:
        wrong = unknown(cast)
        merge(cast, wrong)
        Merge.objects.all().delete()

        with pytest.raises(citizens.CannotUndo) as refused:
            undo(cast, wrong)

        assert "før Tillit tok vare på" in refused.value.text
        assert Citizen.objects.get(pk=wrong.pk).merged_into_id == cast.olga.pk

    def test_the_newest_is_undone_first(self, cast: Cast) -> None:
        first = unknown(cast)
        second = builders.citizen("Ukjent", "Dame", cast.bekkedal, serial=701)
        Identifier.objects.filter(citizen=second).update(kind="UNKNOWN", value="")
        merge(cast, first)
        citizens.merge_citizens(
            actor=cast.marit.actor,
            wrong_id=second.pk,
            right_id=cast.olga.pk,
            wrong_edition=1,
            right_edition=2,
            at=MONDAY,
        )

        with pytest.raises(citizens.CannotUndo, match="nyeste"):
            undo(cast, first)
        undo(cast, second)
        undo(cast, first)
        assert not Citizen.objects.filter(merged_into__isnull=False).exists()

    def test_a_death_since_must_be_corrected_first(self, cast: Cast) -> None:
        wrong = unknown(cast)
        merge(cast, wrong)
        citizens.register_death(
            actor=cast.ingrid.actor,
            citizen_id=cast.olga.pk,
            died_on=MONDAY_DATE,
            edition=2,
            at=MONDAY + timedelta(hours=1),
        )

        with pytest.raises(citizens.CannotUndo, match="død"):
            undo(cast, wrong)

    def test_what_changed_meanwhile_and_what_is_undone_already(self, cast: Cast) -> None:
        wrong = unknown(cast)
        merge(cast, wrong)

        with pytest.raises(ChangedMeanwhile):
            undo(cast, wrong, edition=1)
        undo(cast, wrong)
        with pytest.raises(NotFound):
            undo(cast, wrong)

    def test_a_nurse_may_not_and_out_of_reach_is_not_found(self, cast: Cast) -> None:
        near, far = unknown(cast), builders.citizen("Ukjent", "Mann", cast.fjelldal, serial=750)
        Identifier.objects.filter(citizen=far).update(kind="UNKNOWN", value="")
        merge(cast, near)
        with pytest.raises(NotAllowed):
            undo(cast, near, actor=cast.ingrid.actor)
        with pytest.raises(NotFound):
            undo(cast, near, actor=cast.admin.actor)
        undo(cast, near)

        builders.role(cast.nils.employee, Role.DISTRICT_LEADER, cast.municipality)
        both = actor_of(user_id=cast.nils.user.pk, name="Nils", at=MONDAY)
        citizens.merge_citizens(
            actor=both, wrong_id=far.pk, right_id=cast.olga.pk, wrong_edition=1,
            right_edition=Citizen.objects.get(pk=cast.olga.pk).edition, at=MONDAY,
        )  # fmt: skip
        with pytest.raises(NotFound):
            undo(cast, far)  # Marit reaches Olga, never Fjelldal
        undo(cast, far, actor=both)


class TestTraces:
    def test_looking_ahead_says_the_same_and_leaves_no_trace(self, cast: Cast) -> None:
        wrong = rich(cast)
        merge(cast, wrong)
        before = everything(wrong), everything(cast.olga), AuditEntry.objects.count()
        edition = Citizen.objects.get(pk=cast.olga.pk).edition

        with reading.watching() as watch:
            foreseen = citizens.foresee_undo(
                actor=cast.marit.actor, wrong_id=wrong.pk, right_id=cast.olga.pk, right_edition=edition, at=LATER
            )

        assert (everything(wrong), everything(cast.olga), AuditEntry.objects.count()) == before
        assert True not in watch.seen.values()
        assert undo(cast, wrong).outcome == foreseen.outcome

    def test_audit_and_access_log_say_it_of_both_without_names(self, cast: Cast) -> None:
        wrong = rich(cast)
        merge(cast, wrong)
        first = AuditEntry.objects.latest("pk").pk

        with reading.watching() as watch:
            undo(cast, wrong)

        entries = AuditEntry.objects.filter(action="citizens.merge_citizens", pk__gt=first)
        assert {entry.citizen_id for entry in entries} == {wrong.pk, cast.olga.pk}
        assert all(entry.change["undone"] is True for entry in entries)
        assert {"plans", "visits", "conversations", "followings"} <= {key for entry in entries for key in entry.change}
        told = str([entry.change for entry in entries])
        assert not any(name in told for name in ("Ukjent", "Liv", "Sliten", "ustøtt"))
        assert watch.seen[wrong.pk] and watch.seen[cast.olga.pk]

    def test_what_is_kept_of_a_merge_holds_no_texts(self, cast: Cast) -> None:
        merge(cast, rich(cast))

        kept = str(Merge.objects.get().moved)
        assert not any(text in kept for text in ("Liv", "Sliten", "ustøtt", "hjem", "Strandveien", "Ukjent"))
