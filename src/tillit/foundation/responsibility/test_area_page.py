"""Drawing areas on a page: through the door, as a browser without scripts posts it."""

import json
import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders
from tests import builders_responsibility as more
from tests.cast import MONDAY_DATE, TUESDAY_DATE, Cast, Member
from tillit.foundation.access.models import AccessEntry, AuditEntry
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation import queries
from tillit.foundation.organisation.models import Area
from tillit.kernel.geo import Place

pytestmark = pytest.mark.usefixtures("on_monday")

SignIn = Callable[[Member], Client]
Ring = Sequence[Sequence[float]]


@pytest.fixture
def leader(cast: Cast, client_of: SignIn) -> Client:
    """Marit leads the whole district South as well: Bekkedal and Solvik, not Fjelldal."""
    builders.role(cast.marit.employee, Role.DISTRICT_LEADER, cast.south)
    return client_of(cast.marit)


def live_at(cast: Cast, who: str, longitude: float, latitude: float) -> None:
    getattr(cast, who).homes.update(longitude=longitude, latitude=latitude, postal_code="6770")


def typed(ring: Ring = (), **more_fields: Any) -> dict[str, Any]:
    return {
        "name": "Dalen", "valid_from": "24.11.2026", "postal_codes": "",
        "latitude": [str(corner[1]) for corner in ring], "longitude": [str(corner[0]) for corner in ring],
        **more_fields,
    }  # fmt: skip


def seen_in(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found is not None
    return found[1]


def points_in(page: str) -> list[tuple[str, str]]:
    found = re.findall(r'name="(?:latitude|longitude)"[^>]* value="([^"]*)"', page)
    return list(zip(found[::2], found[1::2], strict=True))


class TestDrawing:
    def test_shows_what_moves_and_stores_just_that_R01(self, cast: Cast, leader: Client) -> None:
        more.area(cast.solvik, codes=["6770"])
        live_at(cast, "olga", 6.005, 61.905)
        live_at(cast, "arne", 6.5, 61.5)
        address = reverse("organisation:new-area", args=[cast.bekkedal.pk])
        square = more.square(6.0, 61.9)

        shown = leader.post(address, typed(square))

        page = shown.content.decode()
        assert shown.status_code == 200
        assert "1 adresse går fra Team Solvik til Team Bekkedal." in page
        assert "Ingen brukere flyttes av dette." in page
        assert Area.objects.count() == 1

        stored = leader.post(address, typed(square, do="save", seen=seen_in(page)))

        assert stored.status_code == 302
        area = Area.objects.get(unit=cast.bekkedal)
        assert (area.ring, area.valid_from) == (square, TUESDAY_DATE)
        home = Place(61.905, 6.005)
        assert queries.unit_for_address(place=home, postal_code="6770", on=MONDAY_DATE) == cast.solvik.pk
        assert queries.unit_for_address(place=home, postal_code="6770", on=TUESDAY_DATE) == cast.bekkedal.pk
        assert queries.unit_for_address(place=Place(61.5, 6.5), postal_code="6770", on=TUESDAY_DATE) == cast.solvik.pk
        assert list(cast.olga.followings.values_list("unit_id", "valid_to")) == [(cast.bekkedal.pk, None)]

    def test_what_was_not_shown_is_not_stored(self, cast: Cast, leader: Client) -> None:
        address = reverse("organisation:new-area", args=[cast.bekkedal.pk])
        seen = seen_in(leader.post(address, typed(more.square(6.0, 61.9))).content.decode())

        other = leader.post(address, typed(more.square(6.1, 61.9), do="save", seen=seen))

        assert other.status_code == 409
        assert "Noe er endret siden du så på dette sist." in other.content.decode()
        assert not Area.objects.exists()

    def test_a_change_begins_a_new_one_and_ends_the_old_R01(self, cast: Cast, leader: Client) -> None:
        old = more.area(cast.bekkedal, ring=more.square(6.0, 61.9))
        address = reverse("organisation:change-area", args=[old.pk])
        wider = [[6.0, 61.9], [6.04, 61.9], [6.04, 61.92], [6.0, 61.92]]
        assert len(points_in(leader.get(address).content.decode())) == 4

        seen = seen_in(leader.post(address, typed(wider)).content.decode())
        answer = leader.post(address, typed(wider, do="save", seen=seen))

        assert answer.status_code == 302
        new = Area.objects.exclude(pk=old.pk).get()
        old.refresh_from_db()
        assert (old.valid_to, new.valid_from, new.valid_to) == (TUESDAY_DATE, TUESDAY_DATE, None)
        added = Place(61.91, 6.03)
        assert queries.unit_for_address(place=added, on=MONDAY_DATE) is None
        assert queries.unit_for_address(place=added, on=TUESDAY_DATE) == cast.bekkedal.pk
        assert AuditEntry.objects.get(action="organisation.draw_area").change["instead_of"] == old.pk

    @pytest.mark.parametrize(
        ("first", "says"),
        [("22.11.2026", "Velg i dag eller en senere dag."), ("", "Fyll ut"), ("31.02.2027", "finnes ikke")],
    )
    def test_the_past_stays_as_it_was(self, cast: Cast, leader: Client, first: str, says: str) -> None:
        old = more.area(cast.bekkedal, ring=more.square(6.0, 61.9))

        answer = leader.post(
            reverse("organisation:change-area", args=[old.pk]), typed(more.square(6.0, 61.9), valid_from=first)
        )

        assert answer.status_code == 422
        assert says in answer.content.decode()
        assert Area.objects.get().valid_to is None

    def test_changed_twice_the_same_day_the_last_one_holds(self, cast: Cast, leader: Client) -> None:
        area = more.area(cast.bekkedal, ring=more.square(6.0, 61.9))
        for west in (6.1, 6.2):
            address = reverse("organisation:change-area", args=[area.pk])
            seen = seen_in(leader.post(address, typed(more.square(west, 61.9))).content.decode())
            leader.post(address, typed(more.square(west, 61.9), do="save", seen=seen))
            area = Area.objects.latest("pk")

        assert queries.unit_for_address(place=Place(61.91, 6.11), on=TUESDAY_DATE) is None
        assert queries.unit_for_address(place=Place(61.91, 6.21), on=TUESDAY_DATE) == cast.bekkedal.pk
        assert [one.name for one in queries.areas_shown(on=TUESDAY_DATE)] == ["Dalen"]


class TestNeighbours:
    def test_shared_ground_is_shown_with_the_neighbours_name_and_nothing_is_lost(
        self, cast: Cast, leader: Client
    ) -> None:
        more.area(cast.solvik, ring=more.square(6.01, 61.9))

        answer = leader.post(
            reverse("organisation:new-area", args=[cast.bekkedal.pk]),
            typed(more.square(6.0, 61.9), postal_codes="6771"),
        )

        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Området dekker noe av området til Team Solvik." in page
        assert "data-collides" in page and "ti-draw__shared" in page
        assert points_in(page)[0] == ("61.9", "6.0") and len(points_in(page)) == 4
        assert 'value="6771"' in page and 'value="Dalen"' in page
        assert not Area.objects.filter(unit=cast.bekkedal).exists()

    def test_what_is_shared_is_cut_away_and_then_it_is_accepted(self, cast: Cast, leader: Client) -> None:
        slanting = [[6.01, 61.9], [6.05, 61.9], [6.05, 61.95], [6.013, 61.947]]
        more.area(cast.solvik, ring=slanting)
        address = reverse("organisation:new-area", args=[cast.bekkedal.pk])

        clipped = leader.post(address, typed(more.square(6.0, 61.9), do="clip")).content.decode()

        rows = points_in(clipped)
        assert "er klippet bort" in clipped
        assert max(float(longitude.replace(",", ".")) for _latitude, longitude in rows) < 6.013
        again = leader.post(address, typed(latitude=[row[0] for row in rows], longitude=[row[1] for row in rows]))
        assert again.status_code == 200, "the seam left by six decimals is no shared ground"

    def test_nothing_is_cut_when_it_would_fall_apart(self, cast: Cast, leader: Client) -> None:
        more.area(cast.solvik, ring=[[6.005, 61.0], [6.01, 61.0], [6.01, 63.0], [6.005, 63.0]])

        answer = leader.post(
            reverse("organisation:new-area", args=[cast.bekkedal.pk]), typed(more.square(6.0, 61.9), do="clip")
        )

        assert answer.status_code == 422
        assert "ikke ett helt område igjen" in answer.content.decode()
        assert len(points_in(answer.content.decode())) == 4

    def test_a_line_that_crosses_itself_is_refused_at_the_points(self, cast: Cast, leader: Client) -> None:
        answer = leader.post(
            reverse("organisation:new-area", args=[cast.bekkedal.pk]),
            typed([[6.0, 61.9], [6.1, 62.0], [6.1, 61.9], [6.0, 62.0]]),
        )

        assert answer.status_code == 422
        assert "krysser seg selv" in answer.content.decode()

    def test_postal_codes_work_as_before_R01(self, cast: Cast, leader: Client) -> None:
        more.area(cast.solvik, codes=["6771"])
        address = reverse("organisation:new-area", args=[cast.bekkedal.pk])

        taken = leader.post(address, typed(postal_codes="6770–6771"))
        wrong = leader.post(address, typed(postal_codes="67"))
        right = leader.post(address, typed(postal_codes="6770"))
        stored = leader.post(address, typed(postal_codes="6770", do="save", seen=seen_in(right.content.decode())))

        assert [answer.status_code for answer in (taken, wrong, right, stored)] == [422, 422, 200, 302]
        assert "6771 hører alt til Team Solvik" in taken.content.decode()
        area = Area.objects.get(unit=cast.bekkedal)
        end(leader, area)
        area.refresh_from_db()
        assert area.valid_to == TUESDAY_DATE


def end(client: Client, area: Area) -> None:
    """Look at what ending it leaves behind, and end it."""
    address = reverse("organisation:end-area", args=[area.pk])
    assert client.post(address, {"seen": seen_in(client.get(address).content.decode())}).status_code == 302


class TestEnding:
    def test_says_which_addresses_it_leaves_without_a_team_before_it_acts_R01(self, cast: Cast, leader: Client) -> None:
        drawn = more.area(cast.bekkedal, ring=more.square(6.0, 61.9))
        listed = more.area(cast.solvik, codes=["6770"])
        live_at(cast, "olga", 6.005, 61.905)
        live_at(cast, "arne", 6.5, 61.5)
        given = leader.get(reverse("organisation:end-area", args=[drawn.pk])).content.decode()
        left = leader.get(reverse("organisation:end-area", args=[listed.pk])).content.decode()

        assert "1 adresse går fra Team Bekkedal til Team Solvik." in given
        assert "1 adresse går fra Team Solvik og hører ikke til noe team." in left
        assert "få et team valgt for hånd" in left and "få et team valgt for hånd" not in given
        assert not Area.objects.filter(valid_to__isnull=False).exists()

    def test_acts_only_on_what_was_shown(self, cast: Cast, leader: Client) -> None:
        area = more.area(cast.solvik, codes=["6770"])
        cast.olga.homes.update(postal_code="6799")
        address = reverse("organisation:end-area", args=[area.pk])
        seen = seen_in(leader.get(address).content.decode())
        live_at(cast, "olga", 6.5, 61.5)

        without, outdated = leader.post(address), leader.post(address, {"seen": seen})

        assert (without.status_code, outdated.status_code) == (200, 409)
        assert "Noe er endret" in outdated.content.decode() and "2 adresser" in outdated.content.decode()
        assert not Area.objects.filter(valid_to__isnull=False).exists()
        end(leader, area)
        assert Area.objects.get(pk=area.pk).valid_to == TUESDAY_DATE

    def test_others_may_not_look_and_out_of_reach_is_not_found(
        self, cast: Cast, leader: Client, client_of: SignIn
    ) -> None:
        near, far = more.area(cast.solvik, codes=["6770"]), more.area(cast.fjelldal, codes=["6790"])

        assert client_of(cast.ingrid).get(reverse("organisation:end-area", args=[near.pk])).status_code == 403
        assert leader.get(reverse("organisation:end-area", args=[far.pk])).status_code == 404


class TestTheTableOfPoints:
    def test_rows_are_added_and_removed_without_scripts(self, cast: Cast, leader: Client) -> None:
        address = reverse("organisation:new-area", args=[cast.bekkedal.pk])
        square = more.square(6.0, 61.9)

        assert points_in(leader.get(address).content.decode()) == [("", "")] * 3
        assert len(points_in(leader.post(address, typed(square, do="add")).content.decode())) == 5
        left = points_in(leader.post(address, typed(square, do="remove:2")).content.decode())

        assert left == [("61.9", "6.0"), ("61.92", "6.02"), ("61.92", "6.0")]

    @pytest.mark.parametrize(("latitude", "longitude"), [("nord", "6,1"), ("61,9", ""), ("99", "6"), ("61", "nan")])
    def test_what_is_no_number_is_told_in_its_row(
        self, cast: Cast, leader: Client, latitude: str, longitude: str
    ) -> None:
        page = leader.post(
            reverse("organisation:new-area", args=[cast.bekkedal.pk]),
            typed(latitude=["61,9", latitude], longitude=["6,0", longitude]),
        )

        text = page.content.decode()
        assert page.status_code == 422
        assert "Rett opp punkt 2." in text
        assert 'id="punkt-2-feil"' in text and 'id="punkt-1-feil"' not in text

    def test_a_decimal_comma_is_as_good_as_a_point(self, cast: Cast, leader: Client) -> None:
        answer = leader.post(
            reverse("organisation:new-area", args=[cast.bekkedal.pk]),
            typed(latitude=["61,9", "61,9", "61,95"], longitude=["6,0", "6,1", "6,1"]),
        )

        assert answer.status_code == 200


class TestGeojson:
    def test_a_file_fills_the_table_and_the_name(self, cast: Cast, leader: Client) -> None:
        feature = {
            "type": "Feature",
            "properties": {"name": "Havna"},
            "geometry": {"type": "Polygon", "coordinates": [[*more.square(6.0, 61.9), [6.0, 61.9]]]},
        }
        file = SimpleUploadedFile("havna.geojson", json.dumps(feature).encode())

        page = leader.post(
            reverse("organisation:new-area", args=[cast.bekkedal.pk]),
            typed(do="read", geojson_file=file, name=""),
        ).content.decode()

        assert points_in(page) == [("61,9", "6"), ("61,9", "6,02"), ("61,92", "6,02"), ("61,92", "6")]
        assert 'value="Havna"' in page
        assert not Area.objects.exists()

    @pytest.mark.parametrize(
        ("pasted", "says"),
        [("hei", "Dette er ikke GeoJSON."), ("[[597000, 6643000], [598000, 6643000], [598000, 6644000]]", "meter")],
    )
    def test_what_cannot_be_read_is_told_and_kept(self, cast: Cast, leader: Client, pasted: str, says: str) -> None:
        answer = leader.post(
            reverse("organisation:new-area", args=[cast.bekkedal.pk]),
            typed(more.square(6.0, 61.9), do="read", geojson=pasted),
        )

        page = answer.content.decode()
        assert answer.status_code == 422
        assert says in page and pasted in page
        assert len(points_in(page)) == 4

    def test_a_file_that_is_no_text_is_told(self, cast: Cast, leader: Client) -> None:
        answer = leader.post(
            reverse("organisation:new-area", args=[cast.bekkedal.pk]),
            typed(do="read", geojson_file=SimpleUploadedFile("kart.zip", b"PK\xff\xfe")),
        )

        assert answer.status_code == 422


class TestHomesOnTheMap:
    def test_are_dots_without_anything_else_and_only_within_reach(self, cast: Cast, leader: Client) -> None:
        live_at(cast, "olga", 6.00512, 61.90491)
        live_at(cast, "arne", 6.00498, 61.90507)
        live_at(cast, "per", 6.015, 61.905)

        page = leader.get(reverse("organisation:new-area", args=[cast.bekkedal.pk])).content.decode()

        dots = re.findall(r'class="ti-draw__homes" d="([^"]*)"', page)
        assert dots[0].count("M") == 1, "two doors in one place are one dot; Per is out of reach"
        assert "Prikkene er hjemmene til 2 brukere" in page
        for word in (cast.olga.family_name, cast.arne.family_name, "6.00512", "61.90491", "6,00512", "Strandveien"):
            assert word not in page
        assert not AccessEntry.objects.exists()

    def test_a_secret_address_is_neither_drawn_nor_counted(self, cast: Cast, leader: Client) -> None:
        live_at(cast, "olga", 6.005, 61.905)
        live_at(cast, "arne", 6.5, 61.5)
        cast.olga.is_secret_address = True
        cast.olga.save()

        page = leader.post(
            reverse("organisation:new-area", args=[cast.bekkedal.pk]), typed(more.square(6.0, 61.9))
        ).content.decode()

        assert "ti-draw__homes" not in page
        assert "Ingen av adressene du ser, skifter team." in page

    def test_an_administrator_draws_but_sees_no_homes_and_no_numbers(self, cast: Cast, client_of: SignIn) -> None:
        live_at(cast, "olga", 6.005, 61.905)

        page = (
            client_of(cast.admin)
            .post(reverse("organisation:new-area", args=[cast.bekkedal.pk]), typed(more.square(6.0, 61.9)))
            .content.decode()
        )

        assert "ti-draw__homes" not in page
        assert "Rollen din ser ikke hvor brukere bor." in page
        assert "adresse går" not in page and "adresser går" not in page


class TestTheDoor:
    def test_is_for_those_who_draw_in_units_they_reach(self, cast: Cast, client_of: SignIn, leader: Client) -> None:
        mine = more.area(cast.bekkedal, codes=["6770"])
        theirs = more.area(cast.fjelldal, codes=["6780"])

        def answers(client: Client) -> list[int]:
            return [
                client.get(reverse("organisation:new-area", args=[cast.bekkedal.pk])).status_code,
                client.get(reverse("organisation:change-area", args=[mine.pk])).status_code,
                client.get(reverse("organisation:new-area", args=[cast.fjelldal.pk])).status_code,
                client.get(reverse("organisation:change-area", args=[theirs.pk])).status_code,
            ]

        assert answers(leader) == [200, 200, 404, 404]
        assert answers(client_of(cast.ingrid)) == [403, 403, 403, 403]

    def test_neighbours_bases_and_a_scale_are_on_the_map(self, cast: Cast, leader: Client) -> None:
        more.area(cast.solvik, ring=more.square(6.03, 61.9))

        page = leader.get(reverse("organisation:new-area", args=[cast.bekkedal.pk])).content.decode()

        assert '<text class="place"' in page and ">Team Solvik</text>" in page
        assert "Basen til Team Bekkedal" in page
        assert ">1 km</text>" in page or "m</text>" in page

    def test_asks_the_same_few_questions_for_few_and_many(self, cast: Cast, leader: Client) -> None:
        address = reverse("organisation:new-area", args=[cast.bekkedal.pk])

        def count() -> int:
            leader.post(address, typed(more.square(6.0, 61.9)))
            with CaptureQueriesContext(connection) as found:
                assert leader.post(address, typed(more.square(6.0, 61.9))).status_code == 200
            return len(found)

        more.area(cast.solvik, ring=more.square(6.03, 61.9))
        live_at(cast, "olga", 6.005, 61.905)
        few = count()
        for number in range(12):
            team = builders.unit(f"Team {number}", parent=cast.south)
            more.area(team, ring=more.square(6.1 + number / 40, 61.9))
            someone = builders.citizen("Eva", f"E{number}", team, born_on=date(1940, 1, 1 + number))
            someone.homes.update(longitude=6.006, latitude=61.906)

        assert count() == few

    def test_a_day_far_ahead_shows_the_neighbours_of_that_day(self, cast: Cast, leader: Client) -> None:
        more.area(cast.solvik, ring=more.square(6.01, 61.9), valid_to=MONDAY_DATE + timedelta(days=30))

        late = leader.post(
            reverse("organisation:new-area", args=[cast.bekkedal.pk]),
            typed(more.square(6.0, 61.9), valid_from=f"{date(2027, 2, 1):%d.%m.%Y}"),
        )

        assert late.status_code == 200
        assert "Team Solvik</text>" not in late.content.decode()
