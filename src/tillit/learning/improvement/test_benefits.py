"""Benefits: status by itself, on track or not, sums by kind, by hand; and their pages."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.builders_pilots import SAID, Told, a_pilot
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused, NotAllowed
from tillit.learning.improvement import actions
from tillit.learning.improvement.models import Benefit, Pilot
from tillit.learning.improvement.rules import benefits as rules
from tillit.learning.improvement.rules.benefits import Kind, Planned, Progress, Status
from tillit.learning.improvement.rules.paying_back import PaidBack, Priced, Unsaid, paid_back, together
from tillit.learning.improvement.test_views import _count, a_running_pilot, signed_in
from tillit.learning.insight.rules.verdict import Said as Answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """Figures that the test decides; it is Monday."""
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    return Told().answering(monkeypatch)


@pytest.fixture
def pilot(cast: Cast, told: Told) -> Pilot:
    """A pilot of Bekkedal that has not begun."""
    return a_pilot(cast.marit.actor, cast.bekkedal, cast.bekkedal, at=MONDAY, joined_on=MONDAY_DATE)


def add(cast: Cast, pilot: Pilot, **rest: object) -> Benefit:
    said = replace(SAID, **rest)  # type: ignore[arg-type]
    actions.add_benefit(actor=cast.marit.actor, pilot_id=pilot.pk, edition=None, said=said, at=MONDAY)
    return Benefit.objects.latest("pk")


class TestStatus:
    def test_follows_from_what_is_written_and_counted_R42(self) -> None:
        assert rules.status(lacking=("owner",), now=11, is_confirmed=True) is Status.IDENTIFIED
        assert rules.status(lacking=(), now=None, is_confirmed=True) is Status.PLANNED
        assert rules.status(lacking=(), now=11, is_confirmed=False) is Status.MEASURED
        assert rules.status(lacking=(), now=11, is_confirmed=True) is Status.CONFIRMED

    def test_names_each_mandatory_field_that_is_not_there(self) -> None:
        assert rules.lacks(measured_by=False, baseline=None, target=None, owner="", has_day=False) == (
            "measure", "baseline", "target", "owner", "day",
        )  # fmt: skip
        assert rules.lacks(measured_by=True, baseline=0, target=0.0, owner="Leder", has_day=True) == ()


class TestProgress:
    @pytest.mark.parametrize(
        ("now", "answers", "expected"),
        [
            (None, (Answer.BETTER,), Progress.TOO_EARLY),
            (10.0, (Answer.EARLY, Answer.SHORT_BASELINE), Progress.TOO_EARLY),
            (11.0, (Answer.SAME,), Progress.REACHED),
            (12.0, (Answer.BETTER, Answer.EARLY), Progress.ON_TRACK),
            (12.0, (Answer.BETTER, Answer.WORSE), Progress.NOT_ON_TRACK),
            (13.0, (Answer.SAME,), Progress.NOT_ON_TRACK),
        ],
    )
    def test_is_told_from_the_series_R42(self, now: float | None, answers: tuple[Answer, ...], expected: str) -> None:
        # From 14 helpers down to 11.
        assert rules.progress(baseline=14, target=11, now=now, answers=answers) == expected

    def test_of_what_people_are_asked_looks_at_the_target_alone(self) -> None:
        assert rules.progress(baseline=3, target=4, now=3.5, answers=None) is Progress.ON_TRACK
        assert rules.progress(baseline=3, target=4, now=2.9, answers=None) is Progress.NOT_ON_TRACK
        assert rules.progress(baseline=3, target=4, now=4.0, answers=None) is Progress.REACHED
        assert rules.progress(baseline=3, target=None, now=4.0, answers=None) is None


class TestSums:
    def test_are_kept_apart_and_hours_without_a_use_are_not_counted_R42(self) -> None:
        found = rules.sums(
            [
                Planned("Færre vikarer", Kind.BUDGET, 200_000, "", True),
                Planned("Mindre kjøring", Kind.BUDGET, 50_000, "", False),
                Planned("Kortere møter", Kind.TIME, 300, "brukere", False),
                Planned("Mindre rapportering", Kind.TIME, 100, "", False),
                Planned("Færre ansikter", Kind.QUALITY, None, "", False),
            ]
        )

        assert (found.kroner, found.kroner_confirmed) == (250_000, 200_000)
        assert (found.hours, found.hours_unplaced, found.quality) == (300, 1, 1)

    def test_of_nothing_are_nothing(self) -> None:
        found = rules.sums([])

        assert (found.kroner, found.hours, found.quality) == (0, 0, 0)


class TestPaidBack:
    def test_by_hand_as_on_the_page_about_it_R42(self) -> None:
        # 200 000 / 12 = 16 666,67 a month; 18 months are exactly 300 000. After 48: 800 000 - 300 000.
        assert paid_back(Priced(Kind.BUDGET, 200_000, 300_000)) == PaidBack(18, 500_000)
        assert paid_back(Priced(Kind.BUDGET, 200_000, 300_001)) == PaidBack(19, 499_999)
        # 50 000 a year is 200 000 in four: 100 000 short.
        assert paid_back(Priced(Kind.BUDGET, 50_000, 300_000)) == PaidBack(None, -100_000)
        assert paid_back(Priced(Kind.BUDGET, 200_000, 0)) == PaidBack(0, 800_000)

    def test_says_why_it_cannot_be_said(self) -> None:
        assert paid_back(Priced(Kind.BUDGET, 200_000, None)) is Unsaid.NO_COST
        assert paid_back(Priced(Kind.BUDGET, None, 300_000)) is Unsaid.NO_AMOUNT
        assert paid_back(Priced(Kind.TIME, 300, 300_000)) is Unsaid.HOURS
        assert paid_back(Priced(Kind.QUALITY, None, 300_000)) is Unsaid.QUALITY

    def test_of_the_whole_plan_counts_every_cost_and_what_finance_has_confirmed_apart(self) -> None:
        found = together(
            [
                Priced(Kind.BUDGET, 200_000, 300_000, is_confirmed=True), Priced(Kind.BUDGET, 50_000, None),
                Priced(Kind.TIME, 300, 100_000), Priced(Kind.QUALITY, None, None),
            ]
        )  # fmt: skip
        assert found is not None
        # 400 000 at 250 000 a year: 19,2 months. At 200 000: exactly 24.
        assert (found.cost, found.gain, found.confirmed, found.without_cost) == (400_000, 250_000, 200_000, 1)
        assert (found.all_of_it.month, found.confirmed_alone.month) == (20, 24)
        assert together([Priced(Kind.BUDGET, 200_000, 300_000)]) is None  # its own line says it
        assert together([Priced(Kind.TIME, 300, 100_000), Priced(Kind.QUALITY, None, 1)]) is None


class TestTheActs:
    def test_quality_has_no_kroner_here_nor_in_the_database(self, cast: Cast, pilot: Pilot) -> None:
        with pytest.raises(ActionRefused, match="Kvalitet"):
            add(cast, pilot, amount=1000.0)
        found = add(cast, pilot)
        with pytest.raises(IntegrityError), transaction.atomic():
            Benefit.objects.filter(pk=found.pk).update(amount=1)

    def test_freed_hours_say_what_they_are_used_for(self, cast: Cast, pilot: Pilot) -> None:
        with pytest.raises(ActionRefused, match="hva tida blir brukt til"):
            add(cast, pilot, kind=Kind.TIME, amount=100.0)

    def test_a_number_changed_after_finance_looked_is_looked_at_again(self, cast: Cast, pilot: Pilot) -> None:
        found = add(cast, pilot, kind=Kind.BUDGET, amount=1000.0)
        common = {
            "actor": cast.marit.actor,
            "pilot_id": pilot.pk,
            "benefit_id": found.pk,
            "edition": None,
            "at": MONDAY,
        }
        actions.confirm_benefit(words="Controller, regnskapet for 2026", **common)  # type: ignore[arg-type]
        said = replace(SAID, kind=Kind.BUDGET, amount=1000.0, owner="Leder")
        actions.change_benefit(said=said, **common)  # type: ignore[arg-type]
        assert Benefit.objects.get().confirmed_on == MONDAY_DATE

        actions.change_benefit(said=replace(said, amount=2000.0), **common)  # type: ignore[arg-type]

        assert Benefit.objects.get().confirmed_on is None

    def test_only_those_who_run_the_pilot_plan_it(self, cast: Cast, pilot: Pilot) -> None:
        with pytest.raises(NotAllowed):
            actions.add_benefit(actor=cast.amir.actor, pilot_id=pilot.pk, edition=None, said=SAID, at=MONDAY)


class TestThePages:
    def test_all_six_goals_stand_there_from_the_start_R42(self, cast: Cast, pilot: Pilot) -> None:
        page = signed_in(cast.marit.user).get(reverse("improvement:benefits", args=[pilot.pk])).content.decode()

        assert page.count("Ingen har skrevet hva som skal bli bedre.") == 6
        assert "Kan ikke sies. Ingen gevinst i kroner" in page

    def test_a_benefit_is_written_kept_and_shown(self, cast: Cast, pilot: Pilot) -> None:
        client = signed_in(cast.marit.user)
        url = reverse("improvement:add_benefit", args=[pilot.pk])
        posted = {
            "edition": pilot.edition, "goal": "ABSENCE", "kind": "QUALITY", "words": "Færre er syke", "code": "B-1",
            "target": "8,5", "baseline": "10", "owner": "Teamleder", "due_on": "30.06.2027",
        }  # fmt: skip
        wrong = client.post(url, posted | {"target": "mye"})
        assert wrong.status_code == 422 and "Skriv et tall, for eksempel 12,5." in wrong.content.decode()
        assert "Færre er syke" in wrong.content.decode()

        page = client.post(url, posted, follow=True).content.decode()

        found = Benefit.objects.get()
        assert (found.target, found.baseline, found.due_on) == (0.085, 0.1, date(2027, 6, 30))
        assert "8,5" in page and "10,0" in page and "Planlagt" in page and "For tidlig å si" in page
        again = client.get(reverse("improvement:benefit", args=[pilot.pk, found.pk])).content.decode()
        assert 'value="8,5"' in again

    def test_what_was_frozen_and_what_is_counted_come_by_themselves_R42(
        self, cast: Cast, told: Told, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        running = a_running_pilot(cast, told, monkeypatch)
        Benefit.objects.create(
            pilot=running, goal="CITIZENS", kind="QUALITY", words="Færre ansikter", code="K-1-28", target=11,
            due_on=MONDAY_DATE, owner="Leder",
        )  # fmt: skip
        page = signed_in(cast.marit.user).get(reverse("improvement:benefits", args=[running.pk])).content.decode()

        assert "14,0" in page and "10,5" in page and "Målt" in page

    def test_the_queries_do_not_grow_with_the_benefits(self, cast: Cast, pilot: Pilot) -> None:
        add(cast, pilot, kind=Kind.BUDGET, amount=200_000.0, cost=300_000)
        client, url = signed_in(cast.marit.user), reverse("improvement:benefits", args=[pilot.pk])
        few = _count(client, url)
        for _number in range(5):
            add(cast, pilot)

        assert _count(client, url) == few
        page = client.get(url).content.decode()
        assert "Etter 18 måneder" in page and "Beløpet er et anslag." in page and "Hele planen" not in page
