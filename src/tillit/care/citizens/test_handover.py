"""A citizen is never lost between two units (R07)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests import builders
from tests import builders_responsibility as map_builders
from tests import builders_routing as more
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.care.citizens import queries, sources
from tillit.care.citizens.actions import handover as actions
from tillit.care.citizens.actions.ending import end_help
from tillit.care.citizens.actions.home import hand_over
from tillit.care.citizens.answers import HandoversInFlight
from tillit.care.citizens.events import FollowingChanged, HandoverAnswered, HandoverOffered
from tillit.care.citizens.models import Citizen, Following, Handover, HandoverState
from tillit.care.citizens.queries.handover import count_handovers, get_handover, handovers_of_unit, passing_on
from tillit.care.citizens.rules import Follower
from tillit.care.citizens.rules.handover import Change, Refusal, change_of, last_day
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Unit, UnitPurpose
from tillit.foundation.responsibility.models import ModelRow
from tillit.foundation.responsibility.sources import Fate
from tillit.foundation.workforce.actors import actor_of
from tillit.foundation.workforce.models import Profession
from tillit.kernel import events
from tillit.kernel.errors import ActionRefused, NotAllowed, NotFound

SINCE = MONDAY_DATE - timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Place:
    """An assessment team that has Tove; Bekkedal has the area she lives in, and a table that gives them four weeks."""

    assessing: Unit
    vera: Member
    tove: Citizen


def member(given_name: str, unit: Unit, role: Role) -> Member:
    employee = builders.employee(given_name, "Vik", Profession.NURSE, unit)
    builders.role(employee, role, unit)
    user = employee.user
    assert user is not None
    return Member(employee, user, actor_of(user_id=user.pk, name=user.name, at=MONDAY))


@pytest.fixture
def place(cast: Cast) -> Place:
    assessing = more.special("Vurderingsteamet", UnitPurpose.ASSESSMENT, parent=cast.municipality)
    vera = member("Vera", assessing, Role.NURSE)
    tove = builders.citizen("Tove", "Dal", assessing, serial=610)
    Following.objects.filter(citizen=tove).update(valid_from=SINCE)
    map_builders.area(cast.bekkedal, codes=["6770"])
    version = more.table("Vår", {"NEW_ASSESS": ("ASSESSMENT_TEAM", "Inntil fire uker"), "DEMENTIA": "DEMENTIA_GROUP"})
    ModelRow.objects.filter(version=version, responsibility="NEW_ASSESS").update(weeks=4)
    more.follow(cast.bekkedal, version)
    return Place(assessing, vera, tove)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    found: list[object] = []
    monkeypatch.setattr(events, "publish", found.append)
    return found


def offer(
    cast: Cast,
    place: Place,
    *,
    words: str = "Bor alene, redd for å falle",
    from_on: date = MONDAY_DATE + timedelta(days=2),
    actor: Member | None = None,
    part: str = "",
    at: datetime = MONDAY,
) -> Handover:
    return actions.offer_handover(
        actor=(actor or place.vera).actor,
        citizen_id=place.tove.pk,
        from_unit_id=place.assessing.pk,
        to_unit_id=cast.bekkedal.pk,
        reason="ASSESSED",
        words=words,
        from_on=from_on,
        part=part,
        at=at,
    )


def followers(citizen: Citizen, on: date) -> tuple[int, ...]:
    return queries.unit_ids_of((citizen.pk,), on=on)[citizen.pk]


units = st.integers(1, 5)
following = st.dictionaries(units, st.sampled_from(["", "Hverdagsrehabilitering", "Sår"]), max_size=4)


class TestChangeOf:
    @given(following, units, units, st.sampled_from(["", "Demens"]))
    def test_who_had_everything_is_followed_by_somebody_who_has_everything(
        self, before: dict[int, str], giver: int, receiver: int, part: str
    ) -> None:
        if giver == receiver:
            return
        found = change_of(
            (Follower(unit, held) for unit, held in before.items()), from_unit_id=giver, to_unit_id=receiver, part=part
        )
        if isinstance(found, Refusal):
            return
        after = {unit: held for unit, held in before.items() if unit not in found.ends}
        if found.starts is not None:
            assert found.starts.unit_id not in after
            after[found.starts.unit_id] = found.starts.part

        assert ("" in before.values()) == ("" in after.values())
        assert receiver in after
        assert set(before) - {giver} <= set(after)

    def test_a_part_that_is_named_leaves_the_rest_with_the_giver(self) -> None:
        found = change_of([Follower(1)], from_unit_id=1, to_unit_id=2, part="Demens")

        assert found == Change((), Follower(2, "Demens"))

    def test_a_part_goes_back_to_the_one_that_has_the_rest(self) -> None:
        found = change_of([Follower(1), Follower(2, "Hverdagsrehabilitering")], from_unit_id=2, to_unit_id=1)

        assert found == Change((2,), None)

    def test_nobody_gives_what_she_has_not(self) -> None:
        assert change_of([Follower(1)], from_unit_id=3, to_unit_id=2) is Refusal.GIVER_STOPPED


class TestLastDay:
    def test_four_weeks_end_on_the_same_weekday(self) -> None:
        assert last_day(date(2026, 11, 2), 4) == date(2026, 11, 30)
        assert last_day(date(2026, 11, 2), None) is None


class TestOfferHandover:
    def test_keeps_her_with_the_giver_and_keeps_the_row_behind_it(self, cast: Cast, place: Place) -> None:
        stored = offer(cast, place)

        assert followers(place.tove, MONDAY_DATE + timedelta(days=30)) == (place.assessing.pk,)
        assert (stored.responsibility, stored.holder, stored.terms) == (
            "NEW_ASSESS",
            "ASSESSMENT_TEAM",
            "Inntil fire uker",
        )
        assert stored.due_on == SINCE + timedelta(weeks=4)
        entry = AuditEntry.objects.get(subject=f"handover:{stored.pk}")
        assert "falle" not in str(entry.change)

    def test_what_the_table_says_later_does_not_change_what_was_offered(self, cast: Cast, place: Place) -> None:
        stored = offer(cast, place)
        ModelRow.objects.filter(responsibility="NEW_ASSESS").update(weeks=1, note="Inntil ei uke")

        stored.refresh_from_db()
        assert (stored.terms, stored.due_on) == ("Inntil fire uker", SINCE + timedelta(weeks=4))

    def test_only_those_who_have_her_may_offer(self, cast: Cast, place: Place) -> None:
        with pytest.raises(NotFound):
            offer(cast, place, actor=cast.ingrid)
        with pytest.raises(actions.HandoverRefused):
            actions.offer_handover(
                actor=place.vera.actor,
                citizen_id=place.tove.pk,
                from_unit_id=cast.bekkedal.pk,
                to_unit_id=cast.solvik.pk,
                reason="OTHER",
                words="Noe",
                from_on=MONDAY_DATE,
                at=MONDAY,
            )

    def test_a_care_worker_does_not_offer(self, cast: Cast, place: Place) -> None:
        with pytest.raises(NotAllowed):
            actions.offer_handover(
                actor=cast.amir.actor,
                citizen_id=cast.olga.pk,
                from_unit_id=cast.bekkedal.pk,
                to_unit_id=cast.solvik.pk,
                reason="MOVED",
                words="Flytter",
                from_on=MONDAY_DATE,
                at=MONDAY,
            )

    def test_she_is_offered_to_one_at_a_time(self, cast: Cast, place: Place) -> None:
        offer(cast, place)

        with pytest.raises(actions.HandoverRefused):
            offer(cast, place)

    @pytest.mark.parametrize(("words", "day"), [(" ", MONDAY_DATE), ("Noe", MONDAY_DATE - timedelta(days=1))])
    def test_refuses_silence_and_yesterday(self, cast: Cast, place: Place, words: str, day: date) -> None:
        with pytest.raises(ActionRefused):
            offer(cast, place, words=words, from_on=day)

        assert not Handover.objects.exists()


class TestAnswer:
    def test_accepting_moves_her_that_day_and_tells(self, cast: Cast, place: Place, heard: list[object]) -> None:
        stored = offer(cast, place)
        actions.accept_handover(actor=cast.ingrid.actor, handover_id=stored.pk, at=MONDAY)

        day = stored.from_on
        assert followers(place.tove, day - timedelta(days=1)) == (place.assessing.pk,)
        assert followers(place.tove, day) == (cast.bekkedal.pk,)
        assert [type(one) for one in heard] == [HandoverOffered, FollowingChanged, HandoverAnswered]

    def test_accepting_late_holds_from_today(self, cast: Cast, place: Place) -> None:
        stored = offer(cast, place, from_on=MONDAY_DATE)
        later = MONDAY + timedelta(days=3)

        actions.accept_handover(actor=cast.ingrid.actor, handover_id=stored.pk, at=later)

        assert followers(place.tove, MONDAY_DATE + timedelta(days=2)) == (place.assessing.pk,)
        assert followers(place.tove, MONDAY_DATE + timedelta(days=3)) == (cast.bekkedal.pk,)

    def test_the_giver_cannot_answer_for_the_receiver(self, cast: Cast, place: Place) -> None:
        stored = offer(cast, place)

        with pytest.raises(NotAllowed):
            actions.accept_handover(actor=place.vera.actor, handover_id=stored.pk, at=MONDAY)

        stored.refresh_from_db()
        assert stored.state == HandoverState.OFFERED

    def test_a_third_unit_never_learns_of_it(self, cast: Cast, place: Place) -> None:
        stored = offer(cast, place)

        with pytest.raises(NotFound):
            get_handover(actor=cast.frida.actor, handover_id=stored.pk, at=MONDAY)
        with pytest.raises(NotFound):
            actions.accept_handover(actor=cast.frida.actor, handover_id=stored.pk, at=MONDAY)

    def test_sent_back_she_is_the_givers_and_no_longer_theirs_to_read(self, cast: Cast, place: Place) -> None:
        stored = offer(cast, place)
        actions.send_back_handover(actor=cast.ingrid.actor, handover_id=stored.pk, answer="Nøkkelen mangler", at=MONDAY)

        assert followers(place.tove, stored.from_on) == (place.assessing.pk,)
        assert handovers_of_unit(unit_id=place.assessing.pk, on=MONDAY_DATE).sent_back[0].answer == "Nøkkelen mangler"
        with pytest.raises(NotFound):
            get_handover(actor=cast.ingrid.actor, handover_id=stored.pk, at=MONDAY)

    def test_sending_back_takes_words(self, cast: Cast, place: Place) -> None:
        stored = offer(cast, place)

        with pytest.raises(actions.HandoverRefused):
            actions.send_back_handover(actor=cast.ingrid.actor, handover_id=stored.pk, answer=" ", at=MONDAY)

    def test_offered_again_after_it_was_sent_back(self, cast: Cast, place: Place) -> None:
        first = offer(cast, place)
        actions.send_back_handover(actor=cast.ingrid.actor, handover_id=first.pk, answer="Nøkkelen", at=MONDAY)

        again = offer(cast, place, words="Nøkkelen ligger i boksen")

        first.refresh_from_db()
        assert (first.state, again.state) == (HandoverState.CLOSED, HandoverState.OFFERED)

    def test_two_at_once_are_told(self, cast: Cast, place: Place) -> None:
        stored = offer(cast, place)
        actions.keep_citizen(actor=place.vera.actor, handover_id=stored.pk, at=MONDAY)

        with pytest.raises((actions.NotOpen, NotFound)):
            actions.accept_handover(actor=cast.ingrid.actor, handover_id=stored.pk, at=MONDAY)
        with pytest.raises(actions.NotOpen):
            actions.keep_citizen(actor=place.vera.actor, handover_id=stored.pk, at=MONDAY)

    def test_a_part_is_followed_beside_the_giver(self, cast: Cast, place: Place) -> None:
        stored = offer(cast, place, part="Kveldsbesøk")
        actions.accept_handover(actor=cast.ingrid.actor, handover_id=stored.pk, at=MONDAY)

        assert followers(place.tove, stored.from_on) == (place.assessing.pk, cast.bekkedal.pk)

    def test_a_leader_who_decides_otherwise_closes_the_offer(self, cast: Cast, place: Place) -> None:
        builders.role(place.vera.employee, Role.TEAM_LEADER, cast.municipality)
        boss = actor_of(user_id=place.vera.user.pk, name="Vera", at=MONDAY)
        stored = offer(cast, place)

        hand_over(actor=boss, citizen_id=place.tove.pk, unit_id=cast.solvik.pk, valid_from=MONDAY_DATE, at=MONDAY)

        stored.refresh_from_db()
        assert stored.state == HandoverState.CLOSED

    def test_nothing_waits_for_somebody_whose_help_ends(self, cast: Cast, place: Place) -> None:
        stored = offer(cast, place)

        end_help(
            actor=place.vera.actor, citizen_id=place.tove.pk, ends_on=MONDAY_DATE, edition=place.tove.edition, at=MONDAY
        )

        stored.refresh_from_db()
        assert stored.state == HandoverState.CLOSED


class TestLists:
    def test_both_sides_see_it_with_days_waited_until_it_is_settled(self, cast: Cast, place: Place) -> None:
        stored = offer(cast, place)
        later = MONDAY_DATE + timedelta(days=9)

        theirs = handovers_of_unit(unit_id=cast.bekkedal.pk, on=later)
        ours = handovers_of_unit(unit_id=place.assessing.pk, on=later)

        assert [(line.citizen_id, line.waited(later)) for line in theirs.incoming] == [(place.tove.pk, 9)]
        assert [line.handover_id for line in ours.waiting] == [stored.pk]
        assert theirs.incoming[0].is_late(later)
        counts = count_handovers(unit_ids=[cast.bekkedal.pk, place.assessing.pk], on=later)
        assert (counts[cast.bekkedal.pk].to_do, counts[cast.bekkedal.pk].late) == (1, 1)
        assert (counts[place.assessing.pk].to_do, counts[place.assessing.pk].waiting) == (0, 1)

    def test_one_who_is_nobodys_offer_yet_shows_with_her_deadline(self, cast: Cast, place: Place) -> None:
        found = passing_on(unit=place.assessing, on=MONDAY_DATE)

        assert [(one.citizen_id, one.due_on, one.to_unit_id, one.reason) for one in found] == [
            (place.tove.pk, SINCE + timedelta(weeks=4), cast.bekkedal.pk, "ASSESSED")
        ]
        offer(cast, place)
        assert not passing_on(unit=place.assessing, on=MONDAY_DATE)
        assert not passing_on(unit=cast.bekkedal, on=MONDAY_DATE)

    def test_one_whom_no_area_covers_shows_all_the_same(self, cast: Cast, place: Place) -> None:
        place.tove.homes.update(postal_code="9999", latitude=None, longitude=None)

        assert [one.to_unit_id for one in passing_on(unit=place.assessing, on=MONDAY_DATE)] == [None]

    @pytest.mark.parametrize("many", [1, 12])
    def test_one_and_twelve_cost_the_same(self, cast: Cast, place: Place, many: int) -> None:
        for number in range(many):
            builders.citizen("Anna", f"A{number}", place.assessing, born_on=date(1930 + number, 1, 1), serial=620)

        with CaptureQueriesContext(connection) as found:
            passing_on(unit=place.assessing, on=MONDAY_DATE)

        assert len(found) == 8


class Knows:
    """Knows one thing."""

    def known(self, *, citizen_id: int, at: datetime) -> list[sources.Known]:
        return [sources.Known("Viktig for brukeren", ("«Å gå i hagen»",)), sources.Known("Tomt", ())]


@pytest.mark.usefixtures("place")
class TestPages:
    def test_a_citizen_travels_from_one_list_to_the_other_R07(
        self, cast: Cast, place: Place, client_of: Callable[[Member], Client], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sources, "_sources", [Knows()])
        page = client_of(place.vera).get(f"/brukere/{place.tove.pk}/overlever/").content.decode()
        assert "Viktig for brukeren: «Å gå i hagen»" in page
        assert f'<option value="{cast.bekkedal.pk}" selected>' in page
        assert '<option value="ASSESSED" selected>' in page

        sent = client_of(place.vera).post(
            f"/brukere/{place.tove.pk}/overlever/",
            {"unit": cast.bekkedal.pk, "reason": "ASSESSED", "from_on": "2099-01-04", "words": "Bor alene"},
        )
        stored = Handover.objects.get()
        assert sent.headers["Location"] == f"/overlevering/{stored.pk}/"

        theirs = client_of(cast.ingrid)
        assert "Tove Dal" in theirs.get(f"/team/{cast.bekkedal.pk}/overleveringer/").content.decode()
        shown = theirs.get(f"/overlevering/{stored.pk}/").content.decode()
        assert "Bor alene" in shown
        assert "Vurdere behovet – Vurderingsteam (inntil fire uker)" in shown
        assert theirs.get(f"/brukere/{place.tove.pk}/").status_code == 404
        theirs.post(f"/overlevering/{stored.pk}/ta-over/")

        assert followers(place.tove, date(2099, 1, 4)) == (cast.bekkedal.pk,)
        assert "Tatt over" in client_of(place.vera).get(f"/team/{place.assessing.pk}/overleveringer/").content.decode()

    def test_sending_back_without_words_asks_for_them_on_the_same_page(
        self, cast: Cast, place: Place, client_of: Callable[[Member], Client]
    ) -> None:
        stored = offer(cast, place)

        answer = client_of(cast.ingrid).post(f"/overlevering/{stored.pk}/send-tilbake/", {"answer": ""})

        assert answer.status_code == 422
        assert 'aria-invalid="true"' in answer.content.decode()

    def test_lists_of_others_do_not_exist(
        self, cast: Cast, place: Place, client_of: Callable[[Member], Client]
    ) -> None:
        stored = offer(cast, place)

        assert client_of(cast.frida).get(f"/team/{cast.bekkedal.pk}/overleveringer/").status_code == 404
        assert client_of(cast.frida).get(f"/overlevering/{stored.pk}/").status_code == 404
        assert client_of(cast.admin).get(f"/overlevering/{stored.pk}/").status_code == 403
        assert client_of(cast.ingrid).get(f"/brukere/{place.tove.pk}/overlever/").status_code == 404
        assert client_of(cast.amir).get(f"/brukere/{cast.olga.pk}/overlever/").status_code == 403


class TestInFlight:
    def test_offers_stay_as_agreed_when_the_model_changes(self, cast: Cast, place: Place) -> None:
        offer(cast, place)
        (ours,), (theirs,) = (
            HandoversInFlight().in_flight(unit_ids=[unit.pk], codes=("NEW_ASSESS",), on=MONDAY_DATE)
            for unit in (cast.bekkedal, cast.fjelldal)
        )

        assert (ours.kind, ours.count, theirs.count) == (Fate.STAYS, 1, 0)
