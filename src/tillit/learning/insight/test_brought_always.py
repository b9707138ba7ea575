"""Money and hours are brought in month by month: from numerator and denominator, and summed for those above the teams."""

from datetime import date, time

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders, builders_visits
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.care.visits.models import VisitState
from tillit.foundation.access.actor import Actor, Grant, system
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Unit
from tillit.kernel import clock
from tillit.kernel.periods import Days
from tillit.learning.insight.actions.bringing import FaultsInSheet, bring_in
from tillit.learning.insight.actions.counting import Counted, count_figures
from tillit.learning.insight.catalogue import shipped
from tillit.learning.insight.contexts.drawn import figure
from tillit.learning.insight.contexts.judged import judge
from tillit.learning.insight.files.rows import headers, rows
from tillit.learning.insight.models import Figure
from tillit.learning.insight.queries.series import series_of
from tillit.learning.insight.rules.brought import Brought, Known, Wrong, read
from tillit.learning.insight.rules.claims import Unsure, doubts
from tillit.learning.insight.rules.series import Series
from tillit.learning.insight.rules.sums import Branch, Part, lacking, sums
from tillit.ui.parts import DataTable, SeriesChart

OCTOBER, LONG_AGO = date(2026, 10, 1), date(2020, 1, 1)
KNOWN = Known(shipped(), {"team bekkedal": 7, "team solvik": 8}, 7, MONDAY_DATE)
HEAD = "indikator;hva;team;periode;teller;nevner;antall\n"
SOURCE = "Agresso, tatt ut av økonomi"


def one(line: str, head: str = HEAD) -> Brought | Wrong:
    """What a single line is read as, or the kind of fault."""
    found = read(head + line, KNOWN)
    return found.faults[0].kind if found.faults else found.rows[0]


class TestALine:
    def test_needs_no_value_and_may_be_above_the_budget(self) -> None:
        read_one = one("O-1;Brukt / Budsjett;Team Solvik;2026-10;1 300 000;1 250 000;14")

        assert read_one == Brought(2, "O-1", 8, OCTOBER, 1.04, 14, 1_300_000, 1_250_000)
        valued = "indikator;periode;verdi;antall;teller;nevner\n"
        assert one("B-5;2026-10;3,5 %;14;70;2 000", valued) == Brought(2, "B-5", 7, OCTOBER, 0.035, 14, 70, 2000)
        assert one("B-5;2026-10;–;;;", valued) == one("B-5;;;2026-10;–;;") == Brought(2, "B-5", 7, OCTOBER, None, 0)

    @pytest.mark.parametrize(
        ("line", "kind"),
        [
            ("O-1;;;2026-10;1.300.000;1.250.000;14", Wrong.DOTS),
            ("O-1;;;2026-10;1 300 000;;14", Wrong.PARTS_LACK),
            ("O-1;;;2026-10;;;14", Wrong.PARTS_LACK),
            ("O-1;;;2026-10;-5;1 250 000;14", Wrong.PARTS_LACK),
            ("O-1;;;2026-10;5;0;14", Wrong.PARTS_LACK),
            ("O-1;;;2026-10;1 300 000;1 250;14", Wrong.MOST),
            ("B-5;;;2026-10;70;60;14", Wrong.MOST),
            ("B-5;;;2026-10;70;2000;", Wrong.COUNT),
            ("B-5;;;2026-11;70;2000;14", Wrong.NOT_OVER),
            ("P-1;;;2026-10;70;2000;14", Wrong.VALUE),
        ],
    )
    def test_that_is_wrong_is_told_what_is(self, line: str, kind: Wrong) -> None:
        assert one(line) is kind

    def test_nobody_has_written_in_is_passed_over(self) -> None:
        found = read(HEAD + "O-1;;Team Solvik;2026-10;;;\nB-5;;Team Solvik;2026-10;70;2000;14\n", KNOWN)

        assert [row.code for row in found.rows] == ["B-5"] and (found.faults, found.empty) == ((), 1)
        assert one("O-1;;Team Solvik;2026-10;;;") is Wrong.EMPTY

    def test_of_time_used_against_planned_may_be_more_than_planned(self) -> None:
        found = one("T-1;;uke 12 2025;115;40;;", "indikator;team;periode;verdi;antall;teller;nevner\n")

        assert isinstance(found, Brought) and found.value == pytest.approx(1.15)


class TestSums:
    TREE = (
        Branch(1, "1.", "MUNICIPALITY", LONG_AGO, None),
        Branch(2, "1.2.", "DISTRICT", LONG_AGO, None),
        Branch(3, "1.2.3.", "TEAM", LONG_AGO, None),
        Branch(4, "1.2.4.", "TEAM", LONG_AGO, None),
        Branch(5, "1.5.", "TEAM", date(2026, 10, 31), None),
        Branch(7, "1.7.", "SPECIAL_TEAM", LONG_AGO, None),
        Branch(6, "1.2.6.", "TEAM", LONG_AGO, date(2026, 10, 31)),
    )

    def part(self, unit_id: int, top: float, under: float) -> Part:
        return Part("O-1", unit_id, OCTOBER, 10, top, under)

    def test_are_of_kroner_never_of_shares_and_wait_for_every_team(self) -> None:
        two = [self.part(3, 900_000, 1_000_000), self.part(4, 3_300_000, 3_000_000)]

        (district,) = sums(self.TREE, two)
        assert (district.unit_id, district.value, district.n) == (2, 1.05, 20)
        assert (district.numerator, district.denominator) == (4_200_000, 4_000_000)
        assert lacking(self.TREE, self.TREE[0], OCTOBER, [3, 4]) == (5,)
        whole = sums(self.TREE, [*two, self.part(5, 0, 1_000_000)])
        assert [(each.unit_id, each.value, each.n) for each in whole] == [(1, 0.84, 30), (2, 1.05, 20)]
        special = sums(self.TREE, [*two, self.part(5, 0, 1_000_000), self.part(7, 2_000_000, 2_000_000)])
        assert special[0].value == pytest.approx(6.2 / 7) and special[0].n == 40

    def test_ask_for_the_teams_of_the_months_last_day_and_take_those_that_have_one(self) -> None:
        with_closed = sums(self.TREE, [self.part(unit, 1, 2) for unit in (3, 4, 6)])

        assert [(each.unit_id, each.numerator) for each in with_closed] == [(2, 3)]
        assert sums(self.TREE, [self.part(3, 1, 2)]) == []


def sheet(*lines: str) -> str:
    return HEAD + "\n".join(lines)


def money(unit: Unit, spent: int, *, month: int = 10, n: int = 14) -> str:
    return f"O-1;;{unit.name};2026-{month:02d};{spent};1000000;{n}"


def leader(cast: Cast) -> Actor:
    return Actor(cast.marit.user.pk, "Jørn", grants=(Grant(Role.PROJECT_LEADER, cast.municipality.path),))


def seen(cast: Cast, unit: Unit, code: str = "O-1") -> Series:
    return series_of(
        actor=leader(cast), unit_id=unit.pk, codes=[code], within=Days(date(2026, 9, 1), date(2026, 11, 1)),
        today=MONDAY_DATE,
    )[0]  # fmt: skip


def values(cast: Cast, unit: Unit) -> list[float | None]:
    return [point.value for point in seen(cast, unit).points]


def counted(cast: Cast) -> Counted:
    """Everything is counted again, in a town that has had visits since August."""
    builders_visits.visit(
        cast.olga, cast.bekkedal, date(2026, 8, 3), cast.amir.employee, at=time(9), state=VisitState.DONE, tasks=()
    )
    return count_figures(actor=system("nattjobben"), at=MONDAY, everything=True)


@pytest.mark.django_db
class TestBringingIn:
    def bring(self, cast: Cast, *lines: str, unit: Unit | None = None) -> None:
        bring_in(
            actor=leader(cast), unit_id=(unit or cast.municipality).pk, text=sheet(*lines), source=SOURCE, at=MONDAY
        )

    def test_sums_at_once_and_again_when_a_team_is_corrected(self, cast: Cast) -> None:
        self.bring(cast, *(money(unit, 1_100_000) for unit in (cast.bekkedal, cast.solvik)))
        assert values(cast, cast.south) == [None, 1.1] and values(cast, cast.municipality) == [None, None]
        self.bring(cast, money(cast.fjelldal, 800_000), money(cast.solvik, 1_000_000))

        assert values(cast, cast.south) == [None, 1.05]
        assert values(cast, cast.municipality) == [None, pytest.approx(2.9 / 3)]
        south = Figure.objects.get(unit=cast.south, replaced_at__isnull=True)
        assert seen(cast, cast.south).brought_from == (SOURCE,)
        assert (south.revision, south.n, south.numerator, south.imported) == (2, 28, 2_100_000, False)
        assert counted(cast).looked_at
        assert not Figure.objects.filter(indicator="O-1", revision__gt=2).exists()
        self.bring(cast, f"O-1;;{cast.solvik.name};2026-10;–;;")
        assert values(cast, cast.south) == [None, None]

    def test_for_a_district_itself_until_the_teams_have_theirs(self, cast: Cast) -> None:
        self.bring(cast, money(cast.south, 900_000))
        self.bring(cast, money(cast.bekkedal, 1_100_000))
        assert values(cast, cast.south) == [None, 0.9]
        self.bring(cast, money(cast.solvik, 1_300_000))
        assert values(cast, cast.south) == [None, 1.2]

        with pytest.raises(FaultsInSheet):
            self.bring(cast, money(cast.south, 900_000))
        assert Figure.objects.get(unit=cast.south, revision=1).value == 0.9

    def test_few_are_hidden_with_the_neighbour_and_a_count_leaves_all_as_it_is(self, cast: Cast) -> None:
        self.bring(
            cast, money(cast.bekkedal, 1_100_000, n=4), money(cast.solvik, 900_000), money(cast.fjelldal, 1_000_000)
        )
        before = list(Figure.objects.order_by("pk").values())
        assert counted(cast).looked_at

        assert list(Figure.objects.filter(indicator="O-1").order_by("pk").values()) == before
        assert [seen(cast, unit).points[-1].hidden for unit in (cast.bekkedal, cast.solvik, cast.south)] == [
            True, True, False,
        ]  # fmt: skip

    def test_is_drawn_as_its_own_with_kroner_and_where_it_is_from(self, cast: Cast) -> None:
        self.bring(cast, money(cast.bekkedal, 1_234_567, month=9), money(cast.bekkedal, 1_000_000))
        judged = judge(seen(cast, cast.bekkedal))
        drawn = figure(judged.series, judged.found, ident="x")

        assert isinstance(drawn.picture, SeriesChart) and isinstance(drawn.table, DataTable)
        assert not any(point.brought for point in drawn.picture.points)
        assert f"Hentet fra «{SOURCE}»." in str(drawn.caption)
        assert drawn.table.rows[0].cells[1:4] == ("123,5\xa0%", "1\xa0234\xa0567", "1\xa0000\xa0000")
        assert all(doubt.kind is not Unsure.IMPORTED for doubt in doubts(judged.series, judged.found))
        in_file = dict(zip([one.name for one in headers()], next(rows([judged])), strict=True))
        assert (in_file["Teller"], in_file["Nevner"]) == (1_234_567, 1_000_000)


@pytest.mark.django_db
class TestThePages:
    def test_say_what_is_missing_give_a_sheet_for_it_and_take_it_back_filled_in(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(clock, "now", lambda: MONDAY)
        client = Client()
        client.force_login(cast.marit.user)
        page = reverse("insight:indicator", args=[cast.bekkedal.pk, "O-1"])
        assert "Tall for oktober 2026 mangler." in client.get(page).content.decode()
        url = reverse("insight:bring-in", args=[cast.bekkedal.pk])
        assert "Oktober 2026: 0 av 4 tall er hentet inn." in client.get(url).content.decode()

        given = client.get(reverse("insight:bring-sheet", args=[cast.bekkedal.pk])).content.decode("utf-8-sig")
        lines = given.splitlines()
        assert lines[0] + "\n" == HEAD
        assert lines[1] == "O-1;Brukt, kroner / Budsjett, kroner;Team Bekkedal;2026-10;;;" and len(lines) == 5
        filled = given.replace("Bekkedal;2026-10;;;", "Bekkedal;2026-10;1 111 000;1 000 000;14", 1)
        looked = client.post(url, {"source": SOURCE, "text": filled})
        assert "1 nytt. 3 linjer uten tall er hoppet over." in looked.content.decode()
        assert "111,1 % (1 111 000 av 1 000 000)" in looked.content.decode().replace("\xa0", " ")
        mark = looked.context["form"].data["looked"]
        client.post(url, {"source": SOURCE, "text": filled, "looked": mark})

        assert Figure.objects.get(indicator="O-1", unit=cast.bekkedal).value == pytest.approx(1.111)
        assert "mangler." not in client.get(page).content.decode()
        client.force_login(cast.amir.user)
        assert "111,1" in client.get(page).content.decode() and client.get(url).status_code == 403

    def test_a_district_is_told_which_teams_it_waits_for(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(clock, "now", lambda: MONDAY)
        bring_in(
            actor=leader(cast), unit_id=cast.bekkedal.pk, text=sheet(money(cast.bekkedal, 900_000)), source=SOURCE,
            at=MONDAY,
        )  # fmt: skip
        builders.role(cast.kari.employee, Role.DISTRICT_LEADER, cast.south)
        client = Client()
        client.force_login(cast.kari.user)
        told = client.get(reverse("insight:indicator", args=[cast.south.pk, "O-1"])).content.decode()
        assert "Tall for oktober 2026 mangler for Team Solvik." in told
