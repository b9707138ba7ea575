"""What is taken out: the same numbers, each with all it rests on, and no text becomes a formula."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests import builders_insight
from tests.cast import MONDAY_DATE, Cast, Member
from tillit.kernel.cells import safe
from tillit.learning.insight.contexts.periods import Chosen
from tillit.learning.insight.contexts.unit_page import judged_of
from tillit.learning.insight.files.picture import COLOURS
from tillit.learning.insight.files.report import _report
from tillit.ui import parts

pytestmark = pytest.mark.usefixtures("on_monday")
ClientOf = Callable[[Member], Client]


def taken_out(client: Client, cast: Cast, form: str) -> bytes:
    answer = client.get(reverse("insight:file", args=[cast.bekkedal.pk, form]))
    assert answer.status_code == 200
    return answer.content


class TestCsv:
    def rows(self, cast: Cast, client_of: ClientOf) -> list[dict[str, str]]:
        text = taken_out(client_of(cast.amir), cast, "csv").decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text), delimiter=";"))

    def test_each_number_carries_what_it_rests_on_R38(self, cast: Cast, client_of: ClientOf) -> None:
        builders_insight.figures(cast.bekkedal)

        last = [row for row in self.rows(cast, client_of) if row["Kode"] == "K-1-28"][-1]

        assert (last["Fra"], last["Til og med"], last["Verdi"], last["Antall"]) == (
            "2026-11-16", "2026-11-22", "7", "60",
        )  # fmt: skip
        assert (last["Versjon"], last["Svar"], last["Regnet"]) == (
            "1", "Ja, det er et varig skifte", "23.11.2026 kl. 08.00",
        )  # fmt: skip

    def test_a_hidden_number_is_empty_in_every_column_R39(self, cast: Cast, client_of: ClientOf) -> None:
        builders_insight.figures(cast.bekkedal, [12.3] * 14, n=3)

        rows = [row for row in self.rows(cast, client_of) if row["Kode"] == "K-1-28"]

        assert {(row["Verdi"], row["Nedre 95 %"], row["Øvre 95 %"], row["Antall"]) for row in rows} == {
            ("", "", "", "–")
        }
        assert "12,3" not in str(rows)

    def test_few_are_a_band_R39(self, cast: Cast, client_of: ClientOf) -> None:
        builders_insight.figures(cast.bekkedal, n=7)

        assert {row["Antall"] for row in self.rows(cast, client_of) if row["Kode"] == "K-1-28"} == {"5–9"}

    def test_a_text_never_becomes_a_formula(self, cast: Cast, client_of: ClientOf) -> None:
        cast.bekkedal.name = "=HYPERLINK(1)"
        cast.bekkedal.save()
        builders_insight.figures(cast.bekkedal)
        client = client_of(cast.amir)

        text = taken_out(client, cast, "csv").decode("utf-8-sig")
        sheet = load_workbook(io.BytesIO(taken_out(client, cast, "xlsx"))).active

        assert ";=HYPER" not in text and not text.startswith("=HYPER") and "\n=HYPER" not in text
        assert sheet is not None
        assert {cell.value for cell in sheet["A"][1:]} == {"'=HYPERLINK(1)"}


class TestWorkbook:
    def test_numbers_are_numbers_and_days_are_days(self, cast: Cast, client_of: ClientOf) -> None:
        builders_insight.figures(cast.bekkedal)

        sheet = load_workbook(io.BytesIO(taken_out(client_of(cast.amir), cast, "xlsx"))).active

        assert sheet is not None
        head = [cell.value for cell in sheet[1]]
        row = [cell.value for cell in sheet[len(builders_insight.FEWER) + 1]]
        assert row[head.index("Verdi")] == 7
        assert str(row[head.index("Fra")])[:10] == "2026-11-16"


class TestReport:
    def test_is_a_pdf_with_every_number_R38(self, cast: Cast, client_of: ClientOf) -> None:
        builders_insight.figures(cast.bekkedal)

        content = taken_out(client_of(cast.amir), cast, "pdf")

        assert content.startswith(b"%PDF-")
        assert b"/StructTreeRoot" in content or b"/MarkInfo" in content

    def test_says_what_the_page_says_and_what_each_number_rests_on_R41(self, cast: Cast) -> None:
        builders_insight.figures(cast.bekkedal)
        judged = judged_of(actor=cast.amir.actor, unit_id=cast.bekkedal.pk, asked=Chosen(), today=MONDAY_DATE)

        told = _report(judged, "Team Bekkedal", 1, MONDAY_DATE)

        first = told["indicators"][0]
        assert told["lead"].startswith("Varig bedre: ulike hjelpere på fire uker.")
        assert first["answer"] == "Ja, det er et varig skifte"
        assert len(first["rows"]) == 13
        assert first["rests_on"][-1] == "Definisjon K-1-28, versjon 1. Regnet 23.11.2026 kl. 08.00."
        assert first["cannot_say"]

    def test_signs_no_font_draws_stop_nothing(self, cast: Cast, client_of: ClientOf) -> None:
        builders_insight.figures(cast.bekkedal)
        builders_insight.mark(cast.bekkedal, "Ny leder 漢 #show: \\ $x$")

        assert taken_out(client_of(cast.amir), cast, "pdf").startswith(b"%PDF-")


class TestPicture:
    def svg(self, cast: Cast, client_of: ClientOf) -> str:
        address = reverse("insight:picture", args=[cast.bekkedal.pk, "K-1-28"])
        answer = client_of(cast.amir).get(address)
        assert answer.headers["Content-Type"] == "image/svg+xml"
        return answer.content.decode()

    def test_stands_alone_and_carries_what_it_rests_on_R38(self, cast: Cast, client_of: ClientOf) -> None:
        builders_insight.figures(cast.bekkedal)

        drawn = self.svg(cast, client_of)

        ElementTree.fromstring(drawn)
        assert "Møter brukerne færre ulike hjelpere?" in drawn
        assert "bygger på 60 brukere" in drawn
        assert "Definisjon K-1-28, versjon 1. Regnet 23.11.2026 kl. 08.00." in drawn
        assert not re.search(r"<script|href=|url\(|@import|<style", drawn)

    def test_is_drawn_by_attributes_that_every_program_knows(self, cast: Cast, client_of: ClientOf) -> None:
        builders_insight.figures(cast.bekkedal, [9.0, 10.0, None, *builders_insight.FEWER])
        builders_insight.mark(cast.bekkedal)

        drawn = self.svg(cast, client_of)

        assert "class=" not in drawn
        assert not re.search(r"<(polyline|rect|circle|line)(?![^>]*(fill|stroke)=)", drawn)

    def test_its_colours_are_the_kits(self) -> None:
        tokens = (Path(parts.__file__).parents[1] / "static/ui/css/tokens.css").read_text(encoding="utf-8")

        for name, colour in COLOURS.items():
            assert f"{name}: light-dark({colour}," in tokens

    def test_without_figures_there_is_no_picture(self, cast: Cast, client_of: ClientOf) -> None:
        address = reverse("insight:picture", args=[cast.bekkedal.pk, "K-1-28"])

        assert client_of(cast.amir).get(address).status_code == 404


@pytest.mark.parametrize("text", ["=1+1", " =1", "+47", "-1", "@x", "\t=1", "＝1"])
def test_what_looks_like_a_formula_is_text(text: str) -> None:
    assert str(safe(text)).startswith("'")


def test_what_no_sheet_can_hold_is_left_out() -> None:
    assert safe("a\x00b\x1fc") == "abc"
