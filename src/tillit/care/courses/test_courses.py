"""A course is begun, changed, measured and ended; the help before and after (R14)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import Error, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders_circle
from tests import builders_plan as build
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.care.courses import actions
from tillit.care.courses.actions import CourseFacts, CourseRefused
from tillit.care.courses.actions.weekly import SessionFacts
from tillit.care.courses.models import Course, Session
from tillit.care.courses.queries import services_of
from tillit.care.courses.rules.course import Result, Who
from tillit.care.evaluations.actions import StrangeNumbers, write_measurement
from tillit.care.evaluations.models import Measurement
from tillit.care.evaluations.rules import copm, sppb
from tillit.care.journal.models import Entry, EntryKind
from tillit.care.journal.sources import keeper_of
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ChangedMeanwhile, NotAllowed, NotFound

WORDS = "Gå ned til postkassa selv"


def facts(**other: object) -> CourseFacts:
    return CourseFacts(**{"own_words": WORDS, "starts_on": MONDAY_DATE, "weeks": 6, **other})  # type: ignore[arg-type]


def begun(cast: Cast, **other: object) -> Course:
    return actions.begin_course(
        actor=cast.kari.actor, citizen_id=cast.olga.pk, facts=facts(**other), press_key="", at=MONDAY
    )


class TestBegin:
    def test_has_a_last_day_and_the_main_unit_R14(self, cast: Cast) -> None:
        course = begun(cast, trainer_id=cast.amir.employee.pk)

        assert (course.last_on, course.unit) == (MONDAY_DATE + timedelta(days=41), cast.bekkedal)

    def test_longer_than_usual_wants_one_line_of_why_R14(self, cast: Cast) -> None:
        with pytest.raises(CourseRefused) as refused:
            begun(cast, weeks=11)

        assert refused.value.fact == "why"
        assert begun(cast, weeks=11, why="Har vært syk to uker").why == "Har vært syk to uker"

    def test_the_municipality_says_what_is_usual_R14(self, cast: Cast) -> None:
        actions.decide_course_terms(
            actor=cast.admin.actor, least_weeks=2, most_weeks=12, valid_from=MONDAY_DATE, at=MONDAY
        )

        assert begun(cast, weeks=11).why == ""

    def test_a_nurse_does_not_say_what_is_usual_R18(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            actions.decide_course_terms(
                actor=cast.ingrid.actor, least_weeks=2, most_weeks=12, valid_from=MONDAY_DATE, at=MONDAY
            )

    def test_one_at_a_time(self, cast: Cast) -> None:
        begun(cast)

        with pytest.raises(actions.UnderWay):
            begun(cast)

    def test_only_with_those_who_work_there(self, cast: Cast) -> None:
        with pytest.raises(CourseRefused) as refused:
            begun(cast, therapist_id=cast.frida.employee.pk)

        assert refused.value.fact == "therapist_id"

    def test_out_of_reach_is_not_found_R18(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            actions.begin_course(
                actor=cast.frida.actor, citizen_id=cast.olga.pk, facts=facts(), press_key="", at=MONDAY
            )


class TestWeek:
    def test_is_written_as_a_whole(self, cast: Cast) -> None:
        course = begun(cast)
        for what in ("Trappa", "Gå til postkassa"):
            course.refresh_from_db()
            actions.write_week(
                actor=cast.kari.actor,
                course_id=course.pk,
                edition=course.edition,
                sessions=[SessionFacts(1, what, Who.TRAINER)],
                at=MONDAY,
            )

        assert [one.what for one in Session.objects.all()] == ["Gå til postkassa"]

    def test_the_second_of_two_is_told_R06(self, cast: Cast) -> None:
        course = begun(cast)
        actions.change_course(actor=cast.kari.actor, course_id=course.pk, edition=1, facts=facts(weeks=8), at=MONDAY)

        with pytest.raises(ChangedMeanwhile):
            actions.write_week(actor=cast.amir.actor, course_id=course.pk, edition=1, sessions=[], at=MONDAY)


class TestEnd:
    def ended(self, cast: Cast, **other: object) -> Course:
        course = builders_circle.course(cast.olga)
        said = {"end_words": "Nå går jeg selv.", "ended_on": MONDAY_DATE, **other}
        return actions.end_course(
            actor=cast.ingrid.actor,
            course_id=course.pk,
            edition=1,
            result=Result.REACHED,
            result_words="",
            at=MONDAY,
            **said,  # type: ignore[arg-type]
        )

    def test_is_signed_in_the_journal_and_locked_R14(self, cast: Cast) -> None:
        self.ended(cast)

        entry = Entry.objects.get(kind=EntryKind.COURSE)
        assert keeper_of("COURSE").contents([entry.row_id])[entry.row_id].text == "Nå går jeg selv."
        with pytest.raises(Error), transaction.atomic():
            Course.objects.update(end_words="Noe annet")

    @pytest.mark.parametrize(
        ("other", "fact"),
        [({"end_words": " "}, "end_words"), ({"ended_on": MONDAY_DATE + timedelta(days=1)}, "ended_on"),
         ({"ended_on": date(2026, 11, 1)}, "ended_on")],
    )  # fmt: skip
    def test_refuses_what_does_not_fit(self, cast: Cast, other: dict[str, object], fact: str) -> None:
        with pytest.raises(CourseRefused) as refused:
            self.ended(cast, **other)

        assert refused.value.fact == fact


class TestServices:
    def test_the_plans_that_held_are_compared_R14(self, cast: Cast) -> None:
        """40 minutes every morning before, 30 on four mornings now: 280 and 120 minutes a week."""
        first, changed = date(2026, 10, 5), oslo.moment(date(2026, 11, 18), MONDAY.time())
        before = build.plan(cast.olga, in_use_from=oslo.moment(date(2026, 9, 1), MONDAY.time()))
        build.intervention(before, minutes=40, starts_on=date(2026, 9, 1))
        before.valid_to = changed
        before.save()
        now = build.plan(cast.olga, in_use_from=changed)
        build.intervention(now, minutes=30, weekdays="1357", starts_on=date(2026, 9, 1))

        found = services_of(citizen_id=cast.olga.pk, starts_on=first, ended_on=date(2026, 11, 15), today=MONDAY_DATE)

        assert (found.before, found.at_end, found.now, found.change) == (
            Decimal(280), Decimal(280), Decimal(120), Decimal(-160)
        )  # fmt: skip

    def test_without_a_plan_before_nothing_is_compared(self, cast: Cast) -> None:
        found = services_of(citizen_id=cast.olga.pk, starts_on=MONDAY_DATE, ended_on=None, today=MONDAY_DATE)

        assert (found.before, found.at_end, found.now) == (None, None, None)


class TestMeasure:
    def measured(self, cast: Cast, *activities: copm.Activity) -> Measurement:
        return write_measurement(
            actor=cast.amir.actor,
            citizen_id=cast.olga.pk,
            measured=activities,
            measured_on=MONDAY_DATE,
            press_key="",
            at=MONDAY,
        )

    def test_what_is_not_scored_is_not_stored_as_nought_R14(self, cast: Cast) -> None:
        row = self.measured(cast, copm.Activity("Dusje", 9, 3, None))

        assert row.numbers == {"activities": [{"text": "Dusje", "importance": 9, "performance": 3}]}
        assert Entry.objects.filter(kind=EntryKind.MEASURE, row_id=row.pk).exists()

    @pytest.mark.parametrize(
        "activities",
        [(), (copm.Activity("", 9),), (copm.Activity("A", 11),), (copm.Activity("A", 0),),
         (copm.Activity("A", 1), copm.Activity(" a ", 1)), tuple(copm.Activity(str(n), 1) for n in range(6))],
    )  # fmt: skip
    def test_refuses_strange_numbers(self, cast: Cast, activities: tuple[copm.Activity, ...]) -> None:
        with pytest.raises(StrangeNumbers):
            self.measured(cast, *activities)

    def test_balance_is_held_ten_seconds_at_the_most(self, cast: Cast) -> None:
        with pytest.raises(StrangeNumbers):
            write_measurement(
                actor=cast.amir.actor,
                citizen_id=cast.olga.pk,
                measured=sppb.Tested(side_by_side=Decimal(11)),
                measured_on=MONDAY_DATE,
                press_key="",
                at=MONDAY,
            )


class TestPages:
    @pytest.fixture
    def client(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Client:
        monkeypatch.setattr(clock, "now", lambda: MONDAY)
        found = Client()
        found.force_login(cast.kari.user)
        return found

    def test_a_course_from_the_first_press_to_the_end_R14(self, cast: Cast, client: Client) -> None:
        begin = reverse("courses:begin", args=[cast.olga.pk])
        client.post(begin, {"own_words": WORDS, "starts_on": "23.11.2026", "weeks": "6", "edition": "0"})
        course = Course.objects.get()
        measure = reverse("evaluations:measure", args=[cast.olga.pk, "PSFS"])
        answer = client.post(
            f"{measure}?kurs={course.pk}", {"text_1": "Dusje", "score_1": "2", "measured_on": "23.11.2026"}
        )
        assert answer.headers["Location"] == reverse("courses:course", args=[course.pk])
        end = reverse("courses:end", args=[course.pk])
        refused = client.post(end, {"edition": "1", "result": "", "end_words": "Ja", "ended_on": "23.11.2026"})
        assert refused.status_code == 422
        assert "Ja" in refused.content.decode()
        client.post(end, {"edition": "1", "result": "REACHED", "end_words": "Ja", "ended_on": "23.11.2026"})

        course.refresh_from_db()
        page = client.get(reverse("courses:course", args=[course.pk])).content.decode()
        assert course.result == "REACHED"
        assert "Snitt: 2." in page
        assert (
            reverse("courses:course", args=[course.pk])
            in client.get(reverse("courses:list", args=[cast.bekkedal.pk])).content.decode()
        )

    def test_lists_ask_as_often_for_many_as_for_few(self, cast: Cast, client: Client) -> None:
        def asked() -> list[int]:
            counts = []
            for name in ("courses:list", "evaluations:due"):
                with CaptureQueriesContext(
                    connection,
                ) as seen:
                    assert client.get(reverse(name, args=[cast.bekkedal.pk])).status_code == 200
                counts.append(len(seen))
            return counts

        builders_circle.course(cast.olga)
        build.goal(build.plan(cast.olga), evaluate_on=MONDAY_DATE)
        asked()
        few = asked()
        builders_circle.course(cast.arne)
        plan = build.plan(cast.arne)
        for _number in range(3):
            build.goal(plan, evaluate_on=MONDAY_DATE - timedelta(days=2))

        assert asked() == few
