"""A citizen who moves is never silently anybody's: to us, and from one team's area to another's (R04, R07)."""

from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests import builders_responsibility as map_builders
from tests import builders_routing as routing
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY, TUESDAY_DATE, Cast
from tillit.care.citizens import actions, queries, rules
from tillit.care.citizens.actions.handover import accept_handover, keep_citizen, offer_handover, send_back_handover
from tillit.care.citizens.events import CitizenMovesIn
from tillit.care.citizens.models import Citizen, Handover, Home, Move, MoveKind
from tillit.care.citizens.queries.handover import count_handovers
from tillit.care.citizens.queries.moving import move_away_of, moves_in, moving_away
from tillit.care.citizens.rules.moving import MovesIn, goes_to_another_team
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.organisation.models import UnitPurpose
from tillit.kernel import events
from tillit.kernel.errors import NotAllowed, NotFound

IN_TEN_DAYS = MONDAY_DATE + timedelta(days=10)
NEAR_SOLVIK = rules.HomeText(street="Nygata 3", postal_code="6790", place="Fjordvik")
paths = st.lists(st.integers(1, 4), min_size=1, max_size=4).map(lambda ids: "".join(f"{one}." for one in ids))


class TestRule:
    @given(paths, paths)
    def test_a_work_group_is_part_of_its_team(self, team: str, below: str) -> None:
        for follower, area in ((team, team + below), (team + below, team), (team, team)):
            assert not goes_to_another_team(follower_path=follower, follower_purpose="", area_path=area)

    def test_another_teams_area_is_another_teams_R07(self) -> None:
        assert goes_to_another_team(follower_path="1.2.3.", follower_purpose="", area_path="1.2.4.")
        assert goes_to_another_team(follower_path="1.2.3.", follower_purpose="", area_path="1.2.33.")

    @pytest.mark.parametrize("purpose", ["DEMENTIA", "SERIOUS_ILLNESS", "ASSESSMENT"])
    def test_special_teams_have_theirs_wherever_they_live_R07(self, purpose: str) -> None:
        assert not goes_to_another_team(follower_path="1.2.3.", follower_purpose=purpose, area_path="1.2.4.")


@pytest.fixture
def areas(cast: Cast) -> None:
    """Bekkedal has the postal code Olga lives in, Solvik another."""
    map_builders.area(cast.bekkedal, codes=["6770"])
    map_builders.area(cast.solvik, codes=["6790"])


def moves(
    cast: Cast, *, home: rules.HomeText = NEAR_SOLVIK, on: date = IN_TEN_DAYS, actor: Actor | None = None
) -> Home:
    last = Home.objects.filter(citizen=cast.olga, valid_to__isnull=True).first()
    return actions.change_home(
        actor=actor or cast.ingrid.actor,
        citizen_id=cast.olga.pk,
        home=home,
        moves_on=on,
        seen_home_id=last.pk if last else None,
        at=MONDAY,
    )


def offered(cast: Cast) -> Handover:
    return offer_handover(
        actor=cast.ingrid.actor,
        citizen_id=cast.olga.pk,
        from_unit_id=cast.bekkedal.pk,
        to_unit_id=cast.solvik.pk,
        reason="MOVED",
        words="Har katt.",
        from_on=IN_TEN_DAYS,
        at=MONDAY,
    )


def waiting(cast: Cast) -> list[tuple[int, int, date]]:
    found = moving_away(unit_id=cast.bekkedal.pk, on=MONDAY_DATE)
    assert count_handovers(unit_ids=[cast.bekkedal.pk], on=MONDAY_DATE)[cast.bekkedal.pk].moving == len(found)
    return [(one.citizen_id, one.to_unit_id, one.moves_on) for one in found]


@pytest.mark.usefixtures("areas")
class TestMovesWithin:
    def test_a_new_address_in_anothers_area_waits_for_an_offer_and_nothing_moves_R07(self, cast: Cast) -> None:
        moves(cast)

        assert waiting(cast) == [(cast.olga.pk, cast.solvik.pk, IN_TEN_DAYS)]
        assert queries.unit_ids_of((cast.olga.pk,), on=IN_TEN_DAYS)[cast.olga.pk] == (cast.bekkedal.pk,)

    def test_the_same_area_and_unknown_areas_change_nothing(self, cast: Cast) -> None:
        moves(cast, home=rules.HomeText(street="Bekkeveien 9", postal_code="6770", place="Fjordvik"))
        assert waiting(cast) == []

        moves(cast, home=rules.HomeText(street="Fjellveien 1", postal_code="9999", place="Fjell"))
        assert waiting(cast) == []

    def test_the_table_of_the_area_says_who_has_them_there_R04(self, cast: Cast) -> None:
        other = routing.special("Privat hjemmehjelp", UnitPurpose.HEALTH, parent=cast.municipality)
        routing.follow(cast.solvik, routing.table("Annen modell", {"CARE_PLAN": "HEALTH_TEAM"}))

        moves(cast)

        assert [to for _citizen, to, _day in waiting(cast)] == [other.pk]

    def test_a_helper_writes_the_address_and_the_team_is_told(self, cast: Cast) -> None:
        moves(cast, actor=cast.amir.actor)

        assert len(waiting(cast)) == 1

    def test_an_offer_takes_it_off_the_list_and_yes_moves_her_on_the_day_R07(self, cast: Cast) -> None:
        moves(cast)
        row = offered(cast)
        assert waiting(cast) == []

        accept_handover(actor=cast.marit.actor, handover_id=row.pk, at=MONDAY)

        assert waiting(cast) == []
        assert queries.unit_ids_of((cast.olga.pk,), on=IN_TEN_DAYS)[cast.olga.pk] == (cast.solvik.pk,)

    def test_withdrawn_it_waits_again_and_kept_after_a_no_it_does_not(self, cast: Cast) -> None:
        moves(cast)
        keep_citizen(actor=cast.ingrid.actor, handover_id=offered(cast).pk, at=MONDAY)
        assert len(waiting(cast)) == 1

        row = offered(cast)
        send_back_handover(actor=cast.marit.actor, handover_id=row.pk, answer="Vi har ikke plass.", at=MONDAY)
        keep_citizen(actor=cast.ingrid.actor, handover_id=row.pk, at=MONDAY)
        assert waiting(cast) == []

    def test_the_team_may_keep_her_and_the_next_address_is_a_new_question(self, cast: Cast) -> None:
        moves(cast)
        move = move_away_of(cast.olga.pk, on=MONDAY_DATE)
        assert move is not None

        with pytest.raises(NotAllowed):
            actions.keep_after_move(actor=cast.amir.actor, move_id=move.move_id, at=MONDAY)
        with pytest.raises(NotFound):
            actions.keep_after_move(actor=cast.nils.actor, move_id=move.move_id, at=MONDAY)
        actions.keep_after_move(actor=cast.ingrid.actor, move_id=move.move_id, at=MONDAY)

        assert waiting(cast) == []
        with pytest.raises(actions.NotAMove):
            actions.keep_after_move(actor=cast.ingrid.actor, move_id=move.move_id, at=MONDAY)
        assert AuditEntry.objects.filter(subject=f"move:{move.move_id}").count() == 2
        moves(cast, on=IN_TEN_DAYS + timedelta(days=1))
        assert len(waiting(cast)) == 1

    def test_moving_back_settles_it(self, cast: Cast) -> None:
        moves(cast)
        moves(cast, home=rules.HomeText(street="Bekkeveien 9", postal_code="6770", place="Fjordvik"))

        assert waiting(cast) == []


@pytest.mark.usefixtures("areas")
class TestPages:
    def test_from_the_new_address_to_the_offer_in_one_press_R07(self, cast: Cast, client: Client) -> None:
        routing.follow(cast.solvik, routing.table("Modell 1", {"CARE_PLAN": "TEAM"}))
        client.force_login(cast.ingrid.user)
        home = Home.objects.get(citizen=cast.olga, valid_to__isnull=True)
        answer = client.post(
            f"/brukere/{cast.olga.pk}/adresse/",
            {"street": "Nygata 3", "postal_code": "6790", "place": "Fjordvik", "moves_on": "2099-12-01",
             "seen": home.pk},
        )  # fmt: skip

        address = answer.headers["Location"]
        page = client.get(address)
        assert page.status_code == 200
        text = page.content.decode()
        assert "Solvik" in text and "Hvorfor dit?" in text and "Behold brukeren" in text
        assert page.context["form"]["from_on"].initial == date(2099, 12, 1)
        listed = client.get(f"/team/{cast.bekkedal.pk}/overleveringer/").content.decode()
        assert "Flytter til et annet teams område" in listed


class TestMovesIn:
    def register(self, cast: Cast, said: MovesIn, *, actor: Actor | None = None) -> Citizen:
        return actions.register_citizen(
            actor=actor or cast.ingrid.actor,
            given_name="Ruth",
            family_name="Berg",
            unit_id=cast.bekkedal.pk,
            valid_from=said.on,
            numbers=rules.Numbers.SYNTHETIC,
            home=NEAR_SOLVIK,
            moves_in=said,
            at=MONDAY,
        )

    def test_the_team_has_her_today_and_the_address_counts_from_the_day_R04(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        heard: list[object] = []
        monkeypatch.setattr(events, "publish", heard.append)

        ruth = self.register(cast, MovesIn(IN_TEN_DAYS, "  Hjemmesykepleie, Alver "))

        assert queries.unit_ids_of((ruth.pk,), on=MONDAY_DATE)[ruth.pk] == (cast.bekkedal.pk,)
        assert Home.objects.get(citizen=ruth).valid_from == IN_TEN_DAYS
        told = moves_in([ruth.pk], on=MONDAY_DATE)[ruth.pk]
        assert (told.moves_on, told.help_before) == (IN_TEN_DAYS, "Hjemmesykepleie, Alver")
        assert CitizenMovesIn(cast.ingrid.actor, ruth.pk, IN_TEN_DAYS, "Hjemmesykepleie, Alver", MONDAY) in heard

    def test_the_day_may_be_moved_until_it_has_come_and_the_help_written_later(self, cast: Cast) -> None:
        ruth = self.register(cast, MovesIn(IN_TEN_DAYS))
        later = IN_TEN_DAYS + timedelta(days=7)

        actions.change_move_in(
            actor=cast.amir.actor, citizen_id=ruth.pk, said=MovesIn(later, "Støtte hver morgen"), at=TUESDAY
        )

        assert Home.objects.get(citizen=ruth).valid_from == later
        assert moves_in([ruth.pk], on=MONDAY_DATE)[ruth.pk].help_before == "Støtte hver morgen"
        with pytest.raises(actions.TooEarly):
            actions.change_move_in(actor=cast.amir.actor, citizen_id=ruth.pk, said=MovesIn(MONDAY_DATE, ""), at=TUESDAY)

    def test_nobody_out_of_reach_and_nobody_who_lives_here(self, cast: Cast) -> None:
        ruth = self.register(cast, MovesIn(IN_TEN_DAYS))
        said = MovesIn(IN_TEN_DAYS, "x")
        with pytest.raises(NotFound):
            actions.change_move_in(actor=cast.frida.actor, citizen_id=ruth.pk, said=said, at=MONDAY)
        with pytest.raises(actions.NotAMove):
            actions.change_move_in(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, said=said, at=MONDAY)

    def test_what_was_told_is_never_in_the_trail(self, cast: Cast) -> None:
        self.register(cast, MovesIn(TUESDAY_DATE, "Hemmelig hjelp"))

        assert Move.objects.get().kind == MoveKind.IN
        assert not AuditEntry.objects.filter(change__icontains="Hemmelig").exists()
