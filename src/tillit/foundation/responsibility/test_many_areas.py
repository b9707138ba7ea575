"""Many areas from one file: looked over together, taken in with one press, or not at all."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from tests import builders
from tests import builders_responsibility as more
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY_DATE, Cast, Member
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation import actions, queries
from tillit.foundation.organisation.actions import AreaRefused, AreaTold
from tillit.foundation.organisation.events import AreaChanged
from tillit.foundation.organisation.models import Area
from tillit.foundation.responsibility.rules.geojson import (
    MOST_AREAS,
    ReadArea,
    Trouble,
    UnreadableGeojson,
    read_areas,
    write_areas,
)
from tillit.foundation.responsibility.rules.whose import Known, whose
from tillit.foundation.workforce.actors import actor_of
from tillit.kernel import clock, events
from tillit.kernel.geo import Place, Ring

SignIn = Callable[[Member], Client]


def ring(longitude: float, latitude: float) -> Ring:
    return tuple((round(corner[0], 6), round(corner[1], 6)) for corner in more.square(longitude, latitude))


def feature(name: str, corners: Sequence[Sequence[float]], **properties: str) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"navn": name, **properties},
        "geometry": {"type": "Polygon", "coordinates": [[*corners, corners[0]]]},
    }


def collection(*features: dict[str, Any]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


class TestWhose:
    UNITS = (Known(1, "BEK", "Team Bekkedal", ("Dalen",)), Known(2, "SOL", "Team Solvik", ("Vika", "Odden")))

    @pytest.mark.parametrize(
        ("name", "told", "unit"),
        [
            ("Dalen", "", 1), ("  vika ", "", 2), ("Bekkedal", "", 1), ("team solvik", "", 2),
            ("Dalen", "SOL", 2), ("Noe nytt", "bek", 1), ("Noe nytt", "Solvik", 2),
            ("Noe nytt", "", None), ("Dalen", "Fjelldal", None), ("", "", None),
        ],
    )  # fmt: skip
    def test_by_what_it_says_then_by_what_stands_then_by_name(self, name: str, told: str, unit: int | None) -> None:
        assert whose(name, told, self.UNITS) == unit

    def test_two_answers_are_none(self) -> None:
        assert whose("Dalen", "", (*self.UNITS, Known(3, "X", "Team X", ("Dalen",)))) is None


class TestGeojson:
    def test_what_is_written_is_read_back(self) -> None:
        areas = (ReadArea("Havna «ø»", ring(6.0, 61.9), "BEK"), ReadArea("", ring(6.02, 61.9)))

        assert read_areas(write_areas(areas)) == areas

    def test_more_than_a_municipality_has_is_refused(self) -> None:
        many = collection(*(feature("a", ring(6.0, 61.9)) for _one in range(MOST_AREAS + 1)))

        with pytest.raises(UnreadableGeojson) as refused:
            read_areas(many)

        assert refused.value.trouble is Trouble.TOO_MANY_AREAS


class TestTakeInAreas:
    @pytest.fixture
    def district(self, cast: Cast) -> Any:
        builders.role(cast.marit.employee, Role.DISTRICT_LEADER, cast.south)
        return actor_of(user_id=cast.marit.user.pk, name="Marit Aune", at=MONDAY)

    def take_in(self, actor: Any, *rows: AreaTold, on: date = TUESDAY_DATE) -> list[Area]:
        return actions.take_in_areas(actor=actor, rows=rows, valid_from=on, at=MONDAY)

    def test_neighbours_trade_ground_on_one_day_and_postal_codes_stay_R01(
        self, cast: Cast, district: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        east, west = ring(6.02, 61.9), ring(6.0, 61.9)
        here = Area.objects.create(
            unit=cast.bekkedal, name="Dalen", ring=[list(one) for one in west], postal_codes=["6770"],
            valid_from=builders.LONG_AGO,
        )  # fmt: skip
        there = Area.objects.create(
            unit=cast.solvik, name="Vika", ring=[list(one) for one in east], valid_from=builders.LONG_AGO
        )
        news: list[Any] = []
        monkeypatch.setattr(events, "publish", news.append)

        stored = self.take_in(
            district, AreaTold(cast.bekkedal.pk, "dalen", east), AreaTold(cast.solvik.pk, "Vika", west)
        )

        assert [area.unit_id for area in stored] == [cast.bekkedal.pk, cast.solvik.pk]
        assert stored[0].postal_codes == ["6770"]
        for old in (here, there):
            old.refresh_from_db()
            assert old.valid_to == TUESDAY_DATE
        home = Place(61.91, 6.01)
        assert queries.unit_for_address(place=home, on=MONDAY_DATE) == cast.bekkedal.pk
        assert queries.unit_for_address(place=home, on=TUESDAY_DATE) == cast.solvik.pk
        said = AuditEntry.objects.filter(action="organisation.draw_area").order_by("pk")
        assert [entry.change["instead_of"] for entry in said] == [here.pk, there.pk]
        assert [(type(event), event.area_id) for event in news] == [(AreaChanged, area.pk) for area in stored]

    def test_told_twice_nothing_is_done_the_second_time(self, cast: Cast, district: Any) -> None:
        row = AreaTold(cast.bekkedal.pk, "Dalen", ring(6.0, 61.9))
        assert len(self.take_in(district, row)) == 1

        assert self.take_in(district, row) == []
        assert Area.objects.count() == 1

    def test_one_wrong_row_and_none_is_stored(self, cast: Cast, district: Any) -> None:
        good = AreaTold(cast.bekkedal.pk, "Dalen", ring(6.0, 61.9))
        crossed = ((6.1, 61.9), (6.2, 62.0), (6.2, 61.9), (6.1, 62.0))
        wrong = {
            "name": AreaTold(cast.solvik.pk, " ", ring(6.2, 61.9)),
            "unit": AreaTold(None, "Vika", ring(6.2, 61.9)),
            "ring": AreaTold(cast.solvik.pk, "Vika", crossed),
        }
        for field, row in wrong.items():
            with pytest.raises(AreaRefused) as refused:
                self.take_in(district, good, row)
            assert refused.value.field == field
        twice = AreaTold(cast.bekkedal.pk, "DALEN ", ring(6.2, 61.9))
        with pytest.raises(AreaRefused, match="heter det samme"):
            self.take_in(district, good, twice)
        with pytest.raises(AreaRefused, match="i dag eller en senere dag"):
            self.take_in(district, good, on=MONDAY_DATE - timedelta(days=1))
        assert not Area.objects.exists()

    def test_overlap_in_the_file_is_told_at_both_and_with_others_by_name(self, cast: Cast, district: Any) -> None:
        more.area(cast.fjelldal, ring=more.square(6.1, 61.9))
        rows = (
            AreaTold(cast.bekkedal.pk, "Dalen", ring(6.0, 61.9)),
            AreaTold(cast.solvik.pk, "Vika", ring(6.01, 61.9)),
            AreaTold(cast.solvik.pk, "Odden", ring(6.105, 61.9)),
            AreaTold(cast.solvik.pk, "Neset", ring(6.4, 61.9)),
        )

        found = actions.foresee_areas(actor=district, rows=rows, valid_from=TUESDAY_DATE, at=MONDAY).rows

        assert [row.shares_with for row in found] == [(1,), (0,), (), ()]
        assert "«Vika»" in found[0].refused.text and "«Dalen»" in found[1].refused.text  # type: ignore[union-attr]
        assert "Team Fjelldal" in found[2].refused.text  # type: ignore[union-attr]
        assert found[3].refused is None

    def test_two_that_stand_with_the_same_name_are_not_guessed_between(self, cast: Cast, district: Any) -> None:
        for west in (6.0, 6.1):
            more.area(cast.bekkedal, ring=more.square(west, 61.9))

        with pytest.raises(AreaRefused, match="flere områder"):
            self.take_in(district, AreaTold(cast.bekkedal.pk, "Området til Team Bekkedal", ring(6.3, 61.9)))

    def test_a_unit_out_of_reach_is_nobody(self, cast: Cast, district: Any) -> None:
        with pytest.raises(AreaRefused) as refused:
            self.take_in(district, AreaTold(cast.fjelldal.pk, "Lia", ring(6.0, 61.9)))

        assert refused.value.field == "unit"
        assert cast.fjelldal not in actions.may_draw_for(district, on=MONDAY_DATE)
        assert actions.may_draw_for(cast.ingrid.actor, on=MONDAY_DATE) == []


@pytest.fixture
def _monday(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    yield


@pytest.fixture
def leader(cast: Cast, client_of: SignIn, _monday: None) -> Client:
    """Marit leads the whole district South: Bekkedal and Solvik, not Fjelldal."""
    builders.role(cast.marit.employee, Role.DISTRICT_LEADER, cast.south)
    return client_of(cast.marit)


PAGE = "organisation:many-areas"


def one(found: re.Match[str] | None) -> str:
    assert found is not None
    return found[1]


def shown(page: str) -> dict[str, Any]:
    """What the form would post, as it stands on the page."""
    units = [
        next(iter(re.findall(r'value="(\d+)" selected', select)), "")
        for select in re.findall(r'<select[^>]*name="unit".*?</select>', page, re.S)
    ]
    return {
        "geojson": unescape(one(re.search(r'name="geojson" value="([^"]*)"', page))),
        "valid_from": one(re.search(r'name="valid_from"[^>]*value="([^"]*)"', page)),
        "name": [unescape(name) for name in re.findall(r'name="name"[^>]*value="([^"]*)"', page)],
        "unit": units,
        **({"seen": seen[1]} if (seen := re.search(r'name="seen" value="(\w+)"', page)) else {}),
    }


class TestThePage:
    def test_says_what_is_new_what_replaces_and_who_changes_team_and_then_does_it_R01(
        self, cast: Cast, leader: Client
    ) -> None:
        more.area(cast.solvik, codes=["6770"])
        old = Area.objects.create(
            unit=cast.bekkedal, name="Dalen", ring=more.square(6.5, 61.9), valid_from=builders.LONG_AGO
        )
        cast.olga.homes.update(longitude=6.005, latitude=61.905, postal_code="6770")
        cast.arne.homes.update(longitude=6.9, latitude=61.5, postal_code="6770")
        file = SimpleUploadedFile(
            "omrader.geojson",
            collection(
                feature("Dalen", ring(6.0, 61.9)), feature("Vika", ring(6.1, 61.9), enhet=cast.solvik.code)
            ).encode(),
        )

        read = leader.post(reverse(PAGE), {"do": "read", "valid_from": "24.11.2026", "geojson_file": file})

        page = read.content.decode()
        assert read.status_code == 200
        assert "1 nytt · 1 erstatter et som står" in page and "Erstatter «Dalen»" in page and "Nytt område" in page
        assert "1 adresse går fra Team Solvik til Team Bekkedal." in page and "Ingen brukere flyttes av dette." in page
        assert Area.objects.count() == 2
        form = shown(page)
        assert (form["name"], form["unit"]) == (["Dalen", "Vika"], [str(cast.bekkedal.pk), str(cast.solvik.pk)])

        done = leader.post(reverse(PAGE), {**form, "do": "save"})

        assert done.status_code == 302
        old.refresh_from_db()
        assert old.valid_to == TUESDAY_DATE
        assert sorted(Area.objects.filter(valid_from=TUESDAY_DATE).values_list("unit__name", "name")) == [
            ("Team Bekkedal", "Dalen"),
            ("Team Solvik", "Vika"),
        ]
        assert list(cast.olga.followings.values_list("unit_id", "valid_to")) == [(cast.bekkedal.pk, None)]

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("hei", "Dette er ikke GeoJSON."),
            (collection(), "Vi fant ikke et område"),
            (collection(feature("A", ring(6.0, 61.9)), feature("B", ((6e5, 6e6), (7e5, 6e6), (7e5, 7e6)))), "Område nummer 2: Tallene er meter"),
        ],
    )  # fmt: skip
    def test_a_wrong_file_is_told_in_plain_words_and_kept(
        self, cast: Cast, leader: Client, text: str, says: str
    ) -> None:
        answer = leader.post(reverse(PAGE), {"do": "read", "valid_from": "24.11.2026", "geojson": text})

        page = answer.content.decode()
        assert answer.status_code == 422
        assert says in page and escape(text) in page and not Area.objects.exists()

    def test_what_is_missing_is_asked_for_and_what_is_typed_is_kept(self, cast: Cast, leader: Client) -> None:
        text = collection(feature("", ring(6.0, 61.9)), feature("Nytt sted", ring(6.1, 61.9)))
        read = leader.post(reverse(PAGE), {"do": "read", "valid_from": "24.11.2026", "geojson": text})
        page = read.content.decode()
        assert read.status_code == 422
        assert "2 områder må rettes først" in page and "Skriv hva dere kaller området." in page
        assert "Velg hvilket team som har området." in page and "Ingenting er lagret." in page
        form = shown(page)
        assert "seen" not in form

        form["name"][0], form["unit"] = "Havna", [str(cast.bekkedal.pk), str(cast.solvik.pk)]
        ready = leader.post(reverse(PAGE), {**form, "do": "check"})

        assert ready.status_code == 200 and "2 nye" in ready.content.decode()
        assert leader.post(reverse(PAGE), {**shown(ready.content.decode()), "do": "save"}).status_code == 302
        assert set(Area.objects.values_list("name", flat=True)) == {"Havna", "Nytt sted"}

    def test_what_was_not_shown_is_not_stored(self, cast: Cast, leader: Client) -> None:
        text = collection(feature("Bekkedal", ring(6.0, 61.9)))
        form = shown(
            leader.post(reverse(PAGE), {"do": "read", "valid_from": "24.11.2026", "geojson": text}).content.decode()
        )
        more.area(cast.solvik, codes=["6770"])
        cast.olga.homes.update(longitude=6.005, latitude=61.905, postal_code="6770")

        late = leader.post(reverse(PAGE), {**form, "do": "save"})

        assert late.status_code == 409 and "Noe er endret siden" in late.content.decode()
        assert Area.objects.filter(unit=cast.bekkedal).count() == 0
        assert leader.post(reverse(PAGE), {**shown(late.content.decode()), "do": "save"}).status_code == 302

    def test_overlap_is_told_and_nothing_is_stored(self, cast: Cast, leader: Client) -> None:
        text = collection(feature("Bekkedal", ring(6.0, 61.9)), feature("Solvik", ring(6.01, 61.9)))

        answer = leader.post(reverse(PAGE), {"do": "save", "valid_from": "24.11.2026", "geojson": text})

        assert answer.status_code == 422 and "Området dekker noe av det samme som «Solvik» i fila." in (
            answer.content.decode()
        )
        assert not Area.objects.exists()

    def test_one_that_is_left_out_stays_out_and_the_rest_is_taken_in(self, cast: Cast, leader: Client) -> None:
        text = collection(feature("Bekkedal", ring(6.0, 61.9)), feature("Solvik", ring(6.01, 61.9)))
        form = shown(
            leader.post(reverse(PAGE), {"do": "read", "valid_from": "24.11.2026", "geojson": text}).content.decode()
        )
        form["unit"][1] = "0"

        page = leader.post(reverse(PAGE), {**form, "do": "check"}).content.decode()

        assert "1 nytt" in page and shown(page)["unit"] == [str(cast.bekkedal.pk), "0"]
        assert leader.post(reverse(PAGE), {**shown(page), "do": "save"}).status_code == 302
        assert [area.unit_id for area in Area.objects.all()] == [cast.bekkedal.pk]

    def test_a_file_with_nothing_new_offers_no_button(self, cast: Cast, leader: Client) -> None:
        old = more.area(cast.bekkedal, ring=[list(corner) for corner in ring(6.0, 61.9)])
        text = collection(feature(old.name, ring(6.0, 61.9)))

        page = leader.post(reverse(PAGE), {"do": "read", "valid_from": "24.11.2026", "geojson": text}).content.decode()

        assert "Står slik fra før" in page and "Det er ingenting å legge inn." in page and "seen" not in shown(page)

    @pytest.mark.parametrize(("day", "says"), [("22.11.2026", "i dag eller en senere dag"), ("", "Fyll ut")])
    def test_a_day_that_cannot_be_keeps_the_file(self, cast: Cast, leader: Client, day: str, says: str) -> None:
        text = collection(feature("Bekkedal", ring(6.0, 61.9)))

        answer = leader.post(reverse(PAGE), {"do": "read", "valid_from": day, "geojson": text})

        page = answer.content.decode()
        assert answer.status_code == 422 and says in page and 'value="Bekkedal"' in page

    def test_the_team_it_was_opened_from_is_chosen_when_nothing_else_is_said(self, cast: Cast, leader: Client) -> None:
        here = f"{reverse(PAGE)}?enhet={cast.solvik.pk}"
        assert here in leader.get(reverse("organisation:unit", args=[cast.solvik.pk])).content.decode()
        text = collection(feature("Odden", ring(6.0, 61.9)), feature("Bekkedal", ring(6.1, 61.9)))

        page = leader.post(here, {"do": "read", "valid_from": "24.11.2026", "geojson": text}).content.decode()

        assert shown(page)["unit"] == [str(cast.solvik.pk), str(cast.bekkedal.pk)]
        other = leader.get(f"{reverse(PAGE)}?enhet={cast.fjelldal.pk}").content.decode()
        assert f"enhet={cast.fjelldal.pk}" not in other

    def test_others_may_not_and_queries_do_not_grow_with_the_file(
        self, cast: Cast, leader: Client, client_of: SignIn
    ) -> None:
        assert client_of(cast.ingrid).get(reverse(PAGE)).status_code == 403
        assert "Les inn områder" not in client_of(cast.ingrid).get(reverse("organisation:index")).content.decode()
        assert reverse(PAGE) in leader.get(reverse("organisation:index")).content.decode()

        def asked(count: int) -> int:
            features = [feature(f"Sted {number}", ring(6.0 + number * 0.03, 61.9)) for number in range(count)]
            data = {"do": "read", "valid_from": "24.11.2026", "geojson": collection(*features)}
            address = f"{reverse(PAGE)}?enhet={cast.solvik.pk}"
            leader.post(address, data)
            with CaptureQueriesContext(connection) as caught:
                assert leader.post(address, data).status_code == 200
            return len(caught)

        assert asked(2) == asked(20)
