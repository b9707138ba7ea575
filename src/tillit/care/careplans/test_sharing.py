"""Several units follow the citizen: who carries out what, asked and shown only then."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests import builders_plan as build
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY_DATE, Cast, Member
from tillit.care.careplans import actions, queries, sources
from tillit.care.careplans.actions import InterventionFacts
from tillit.care.careplans.models import CarePlan, Intervention
from tillit.care.careplans.queries import fallen_text
from tillit.care.careplans.rules.carrying import carrier, fallen, to_store
from tillit.care.careplans.rules.recurrence import TimeOfDay
from tillit.care.careplans.test_views import INTERVENTION, page_of
from tillit.care.citizens.models import Following
from tillit.care.citizens.queries import followers_of
from tillit.care.citizens.rules.followers import FollowedBy, Followers, ordered
from tillit.kernel import clock
from tillit.kernel.periods import Days

SignIn = Callable[[Member], Client]
ALWAYS = Days(date(2026, 1, 1))
HOME = FollowedBy(1, "Team Hjemme", "", ALWAYS)
HEALTH = FollowedBy(2, "Team Helse", "Helsehjelp", ALWAYS)
NIGHTS = FollowedBy(3, "Natteam", "Netter", ALWAYS)
FORMER = replace(NIGHTS, days=Days(date(2026, 1, 1), MONDAY_DATE))
COMING = replace(NIGHTS, days=Days(TUESDAY_DATE))


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """It is Monday morning, and nobody answers for visits."""
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    before = sources._source
    sources.register_visit_source(None)
    yield
    sources.register_visit_source(before)


def followers(*units: FollowedBy) -> Followers:
    return ordered((f"1.{unit.unit_id}.", unit) for unit in units)


class TestCarrier:
    @pytest.mark.parametrize(
        ("named", "units", "by"),
        [
            (None, (HOME,), HOME),
            (None, (HEALTH, HOME), HOME),
            (2, (HEALTH, HOME), HEALTH),
            (1, (HEALTH, HOME), HOME),
            (3, (HEALTH, HOME), HOME),
            (3, (HEALTH, HOME, FORMER), HOME),
            (3, (HEALTH, HOME, COMING), HOME),
            (None, (HEALTH, NIGHTS), HEALTH),
            (None, (), None),
            (2, (FORMER,), None),
        ],
    )
    def test_the_unit_named_while_it_follows_else_the_main_unit_R04(
        self, named: int | None, units: tuple[FollowedBy, ...], by: FollowedBy | None
    ) -> None:
        assert carrier(named, followers(*units), MONDAY_DATE) == by

    def test_who_follows_is_a_matter_of_the_day(self) -> None:
        both = followers(HOME, COMING)

        assert carrier(3, both, MONDAY_DATE) == HOME
        assert carrier(3, both, TUESDAY_DATE) == COMING
        assert (both.beside(MONDAY_DATE), both.beside(TUESDAY_DATE)) == (frozenset(), frozenset({3}))

    @given(
        st.lists(
            st.sampled_from([HOME, HEALTH, NIGHTS, FORMER, COMING]), max_size=5, unique_by=lambda one: one.unit_id
        ),
        st.sampled_from([None, 1, 2, 3, 4]),
    )
    def test_somebody_does_it_as_long_as_somebody_follows_and_what_falls_is_told(
        self, units: list[FollowedBy], named: int | None
    ) -> None:
        found = followers(*units)
        by = carrier(named, found, MONDAY_DATE)

        assert (by is None) == (found.on(MONDAY_DATE) == ())
        told = fallen([(9, named)], found, MONDAY_DATE)
        assert bool(told) == (by is not None and named is not None and by.unit_id != named)

    def test_what_falls_is_said_in_plain_words_R04(self) -> None:
        def said(*units: FollowedBy, named: int = 3) -> list[str]:
            found = fallen([(9, named), (10, None)], followers(*units), MONDAY_DATE)
            return [fallen_text(one, first_name="Astrid") for one in found]

        assert said(HOME, FORMER) == [
            "Natteam følger ikke lenger Astrid. Team Hjemme gjør dette til planen er justert."
        ]
        assert said(HOME, COMING) == ["Natteam følger ikke Astrid før 24.11.2026. Team Hjemme gjør dette så lenge."]
        assert said(HOME, named=7) == [
            "Teamet i planen følger ikke Astrid. Team Hjemme gjør dette til planen er justert."
        ]
        assert said(HOME, NIGHTS) == said() == []

    def test_the_main_unit_is_stored_as_nobody_in_particular(self) -> None:
        both = followers(HEALTH, HOME)

        assert [to_store(unit_id, both, MONDAY_DATE) for unit_id in (1, 2, None)] == [None, 2, None]


def share(cast: Cast, *, after: date | None = None) -> Following:
    """Let Solvik follow a part of Olga's help."""
    return Following.objects.create(
        citizen=cast.olga, unit=cast.solvik, part="Helsehjelp", valid_from=date(2026, 1, 1), valid_to=after
    )


def facts(unit_id: int | None) -> InterventionFacts:
    return InterventionFacts(
        title="Medisiner", minutes=5, starts_on=MONDAY_DATE, times=(TimeOfDay("MORNING", *build.USUAL["MORNING"]),),
        unit_id=unit_id,
    )  # fmt: skip


def add(cast: Cast, draft: CarePlan, unit_id: int | None) -> Intervention:
    draft.refresh_from_db()
    return actions.add_intervention(
        actor=cast.amir.actor, plan_id=draft.pk, edition=draft.edition, facts=facts(unit_id), at=MONDAY
    )


class TestActions:
    def test_one_of_those_that_follow_her_is_written_and_the_main_one_is_left_open_R13(self, cast: Cast) -> None:
        share(cast)
        draft = build.plan(cast.olga, in_use_from=None)

        assert add(cast, draft, cast.solvik.pk).unit == cast.solvik
        assert add(cast, draft, cast.bekkedal.pk).unit is None
        assert add(cast, draft, None).unit is None

    def test_a_unit_that_does_not_follow_her_is_refused(self, cast: Cast) -> None:
        share(cast, after=MONDAY_DATE)
        draft = build.plan(cast.olga, in_use_from=None)

        with pytest.raises(actions.StrangeFacts) as refused:
            add(cast, draft, cast.solvik.pk)

        assert (refused.value.fact, Intervention.objects.count()) == ("unit_id", 0)

    def test_a_draft_that_begins_with_the_plan_keeps_who_does_what(self, cast: Cast) -> None:
        share(cast)
        plan = build.plan(cast.olga)
        build.intervention(plan, "Morgenstell")
        build.intervention(plan, "Medisiner", by=cast.solvik)

        draft = actions.start_draft(actor=cast.amir.actor, citizen_id=cast.olga.pk, at=MONDAY)

        assert [one.unit_name for one in queries.content_of(draft.pk).interventions] == ["", "Team Solvik"]
        _plan_id, helps = queries.help_in_use([cast.olga.pk])[cast.olga.pk]
        assert [one.unit_id for one in helps] == [None, cast.solvik.pk]

    def test_the_draft_tells_what_has_got_somebody_else(self, cast: Cast) -> None:
        share(cast)
        plan = build.plan(cast.olga)
        build.intervention(plan, "Medisiner")
        draft = actions.start_draft(actor=cast.amir.actor, citizen_id=cast.olga.pk, at=MONDAY)
        draft.interventions.update(unit=cast.solvik)

        (found,) = queries.compare_interventions(queries.content_of(plan.pk), queries.content_of(draft.pk))

        assert found.facts == ("unit",)

    def test_the_check_tells_of_a_unit_that_does_not_follow_and_blocks_nothing(self, cast: Cast) -> None:
        draft = build.plan(cast.olga, in_use_from=None)
        one = build.intervention(draft, "Medisiner", by=cast.solvik)
        content = queries.content_of(draft.pk)
        both = frozenset({cast.bekkedal.pk, cast.solvik.pk})

        def told(units: frozenset[int] | None) -> list[tuple[int | None, bool]]:
            gaps = queries.gaps_in_content(content, today=MONDAY_DATE, units=units)
            return [(gap.intervention_id, gap.blocks) for gap in gaps if gap.code == "unit-does-not-follow"]

        assert told(frozenset({cast.bekkedal.pk})) == [(one.pk, False)]
        assert told(both) == told(None) == []

    def test_followers_are_read_in_one_query_in_the_same_order_as_elsewhere(self, cast: Cast) -> None:
        share(cast)
        with CaptureQueriesContext(connection) as seen:
            found = followers_of([cast.olga.pk, cast.arne.pk])

        assert len(seen) == 1
        assert [one.unit_id for one in found[cast.olga.pk].on(MONDAY_DATE)] == [cast.bekkedal.pk, cast.solvik.pk]


class TestPage:
    def written(self, cast: Cast, *, by_solvik: bool = True) -> CarePlan:
        plan = build.plan(cast.olga, in_use_from=None)
        build.intervention(plan, "Morgenstell")
        build.intervention(plan, "Medisiner", by=cast.solvik if by_solvik else None)
        return plan

    def test_nobody_is_asked_and_nothing_is_shown_when_one_unit_follows_R13(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        self.written(cast, by_solvik=False)

        page = client_of(cast.amir).get(page_of(cast), {"skriv": "tiltak"}).content.decode()

        assert "Hvem gjør dette?" not in page
        assert "gjør dette</p>" not in page

    def test_two_units_are_asked_for_with_their_parts_and_the_main_one_chosen_R04(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        share(cast)
        self.written(cast)

        page = client_of(cast.amir).get(page_of(cast), {"skriv": "tiltak"}).content.decode()

        question = page[page.index("Hvem gjør dette?") :]
        assert "valgfritt" not in question.partition("</legend>")[0]
        first, second = question.index("Team Bekkedal"), question.index("Team Solvik: Helsehjelp")
        assert first < second
        assert question[:first].count("checked") == 1
        assert "checked" not in question[first:second]
        assert "Team Bekkedal gjør dette" in page
        assert "Team Solvik gjør dette" in page

    def test_what_is_chosen_is_stored_shown_and_read_back(self, cast: Cast, client_of: SignIn) -> None:
        share(cast)
        draft = self.written(cast)
        client = client_of(cast.amir)
        form = INTERVENTION | {"unit_id": str(cast.solvik.pk), "edition": draft.edition}

        becomes = client.post(page_of(cast, "preview"), form).content.decode()
        client.post(page_of(cast, "add_intervention"), form)

        assert becomes == "Blir: mandager, onsdager og fredager 08.00–09.30, 20 min, gjøres av Team Solvik."
        assert Intervention.objects.get(title="Gåtrening i trapp").unit == cast.solvik
        medicine = Intervention.objects.get(title="Medisiner")
        edit = client.get(page_of(cast), {"skriv": f"tiltak-{medicine.pk}"}).content.decode()
        box = edit[edit.index("Hvem gjør dette?") : edit.index("Team Solvik: Helsehjelp")]
        assert f'value="{cast.solvik.pk}"' in box
        assert box.index("checked") > box.index("Team Bekkedal")

    def test_a_unit_that_does_not_follow_cannot_be_chosen(self, cast: Cast, client_of: SignIn) -> None:
        share(cast)
        draft = self.written(cast)
        form = INTERVENTION | {"unit_id": str(cast.fjelldal.pk), "edition": draft.edition}

        answer = client_of(cast.amir).post(page_of(cast, "add_intervention"), form)

        assert answer.status_code == 422
        assert "Teamet følger ikke brukeren. Velg et av dem som gjør det." in answer.content.decode()

    def test_what_falls_between_is_shown_on_the_plan_in_use_and_in_the_draft_R04(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        share(cast, after=MONDAY_DATE)
        plan = self.written(cast)
        remark = "Team Solvik følger ikke lenger Olga. Team Bekkedal gjør dette til planen er justert."
        client = client_of(cast.amir)

        draft = client.get(page_of(cast)).content.decode()
        CarePlan.objects.filter(pk=plan.pk).update(valid_from=MONDAY)
        in_use = client.get(page_of(cast)).content.decode()

        assert remark in draft
        assert "Teamet som skal gjøre Medisiner, følger ikke brukeren" in draft
        assert remark in in_use
        assert in_use.count("følger ikke lenger") == 1

    def test_two_units_cost_no_more_queries_than_one(self, cast: Cast, client_of: SignIn) -> None:
        self.written(cast)
        client = client_of(cast.amir)

        def cost() -> int:
            with CaptureQueriesContext(connection) as seen:
                assert client.get(page_of(cast)).status_code == 200
            return len(seen)

        alone = cost()
        share(cast)

        assert cost() == alone
