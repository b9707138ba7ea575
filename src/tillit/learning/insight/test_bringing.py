"""Figures from before Tillit: read line by line, brought in all or nothing, corrected, hidden and told of."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.foundation.access.models import AuditEntry
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused, NotAllowed, NotFound
from tillit.kernel.periods import Days
from tillit.learning.insight.actions.bringing import FaultsInSheet, bring_in
from tillit.learning.insight.catalogue import shipped
from tillit.learning.insight.contexts.drawn import figure
from tillit.learning.insight.models import BroughtIn, Figure
from tillit.learning.insight.queries.series import series_of
from tillit.learning.insight.rules.brought import Brought, Known, Wrong, read
from tillit.learning.insight.rules.indicators import Step, Unit
from tillit.learning.insight.rules.verdict import verdict
from tillit.learning.insight.test_verdict import series
from tillit.ui.parts import DataTable, SeriesChart

WEEKLY = next(one for one in shipped() if one.step is Step.WEEK and one.unit is Unit.SHARE)
MONTHLY = next(one for one in shipped() if one.step is Step.MONTH)
KNOWN = Known(shipped(), {"team bekkedal": 7, "team solvik": 8}, 7, MONDAY_DATE)
HEAD = "indikator;team;periode;verdi;antall;teller;nevner\n"
SOURCE = "Gerica, uttrekk fra mai 2026"


def one(line: str) -> Brought | Wrong:
    """What a single line is read as, or the kind of fault."""
    found = read(HEAD + line, KNOWN)
    return found.faults[0].kind if found.faults else found.rows[0]


class TestALine:
    def test_is_read_as_people_write_it(self) -> None:
        read_one = one(f"{WEEKLY.code};Team Solvik;uke 12 2025;12,5 %;1 200;150;1 200")

        assert read_one == Brought(2, WEEKLY.code, 8, date(2025, 3, 17), 0.125, 1200, 150, 1200)
        assert one(f"{WEEKLY.name.upper()};;2025-W12;12.5;1200;;") == Brought(
            2, WEEKLY.code, 7, date(2025, 3, 17), 0.125, 1200
        )
        assert one(f"{WEEKLY.code};;2025-W12;–;;;") == Brought(2, WEEKLY.code, 7, date(2025, 3, 17), None, 0)

    @pytest.mark.parametrize("said", ["2025-03", "03.2025", "3/2025", "mars 2025", "01.03.2025", "2025-03-01"])
    def test_takes_a_month_as_sheets_write_it(self, said: str) -> None:
        found = one(f"{MONTHLY.code};;{said};1;60;;")

        assert isinstance(found, Brought) and found.starts_on == date(2025, 3, 1)

    @pytest.mark.parametrize(
        ("line", "kind"),
        [
            ("X-1;;2025-W12;1;60;;", Wrong.INDICATOR),
            (f"{WEEKLY.code};Team Nord;2025-W12;1;60;;", Wrong.UNIT),
            (f"{WEEKLY.code};;mars 2025;1;60;;", Wrong.WEEK),
            (f"{WEEKLY.code};;2025-W54;1;60;;", Wrong.WEEK),
            (f"{MONTHLY.code};;2025-13;1;60;;", Wrong.MONTH),
            (f"{WEEKLY.code};;2026-W48;1;60;;", Wrong.NOT_OVER),
            (f"{WEEKLY.code};;1999-W12;1;60;;", Wrong.TOO_OLD),
            (f"{WEEKLY.code};;2025-W12;mye;60;;", Wrong.VALUE),
            (f"{WEEKLY.code};;2025-W12;;60;;", Wrong.VALUE),
            (f"{WEEKLY.code};;2025-W12;120;60;;", Wrong.SHARE),
            (f"{WEEKLY.code};;2025-W12;12;0;;", Wrong.COUNT),
            (f"{WEEKLY.code};;2025-W12;12;2,5;;", Wrong.COUNT),
            (f"{WEEKLY.code};;2025-W12;12;60;5;", Wrong.PARTS),
            (f"{WEEKLY.code};;2025-W12;50;60;5;60", Wrong.PARTS_DIFFER),
        ],
    )
    def test_that_is_wrong_is_told_what_is(self, line: str, kind: Wrong) -> None:
        assert one(line) is kind


class TestASheet:
    def test_pasted_from_excel_or_as_csv_reads_the_same(self) -> None:
        lines = f"indikator\tperiode\tverdi\tantall\n{MONTHLY.code}\t2025-03\t1,5\t60\n\n"

        assert read(lines, KNOWN).rows == read(lines.replace("\t", ";"), KNOWN).rows
        assert len(read("\ufeff" + lines, KNOWN).rows) == 1

    def test_names_the_columns_that_are_lacking_and_each_line_that_is_wrong(self) -> None:
        assert [one.word for one in read("indikator;verdi\nK-1;2", KNOWN).faults] == ["periode", "antall"]
        assert read("   ", KNOWN).faults[0].kind is Wrong.EMPTY
        twice = f"{MONTHLY.code};;2025-03;1;60;;\n"
        found = read(HEAD + twice + "X;;;;;;\n" + twice, KNOWN)
        assert [(one.line, one.kind) for one in found.faults] == [(3, Wrong.INDICATOR), (4, Wrong.TWICE)]


def sheet(*values: str, n: int = 60) -> str:
    return "indikator;periode;verdi;antall\n" + "".join(
        f"{MONTHLY.code};2025-{month:02d};{value};{n if value != '–' else ''}\n"
        for month, value in enumerate(values, start=1)
    )


@pytest.mark.django_db
class TestBringingIn:
    def test_stores_all_and_a_correction_is_the_next_revision(self, cast: Cast) -> None:
        common = {"actor": cast.marit.actor, "unit_id": cast.bekkedal.pk, "source": SOURCE, "at": MONDAY}
        bring_in(text=sheet("10", "20", "30"), **common)  # type: ignore[arg-type]
        with pytest.raises(ActionRefused, match="hentet inn før"):
            bring_in(text=sheet("10", "20", "30"), **common)  # type: ignore[arg-type]
        bring_in(text=sheet("10", "25", "–"), **common)  # type: ignore[arg-type]

        counts = Figure.objects.filter(replaced_at__isnull=True).order_by("starts_on")
        assert [(one.revision, one.value is None) for one in counts] == [(1, False), (2, False), (2, True)]
        assert Figure.objects.count() == 5 and all(one.imported for one in Figure.objects.all())
        assert AuditEntry.objects.filter(action="insight.bring_in").count() == 2

    def test_is_all_or_nothing_and_never_in_place_of_what_tillit_counted(self, cast: Cast) -> None:
        Figure.objects.create(
            unit=cast.bekkedal, indicator=MONTHLY.code, version=MONTHLY.version, step="MONTH",
            starts_on=date(2025, 2, 1), value=1, n=60, counted_at=MONDAY,
        )  # fmt: skip

        with pytest.raises(FaultsInSheet):
            bring_in(actor=cast.marit.actor, unit_id=cast.bekkedal.pk, text=sheet("10", "20"), source=SOURCE, at=MONDAY)
        assert Figure.objects.count() == 1 and not BroughtIn.objects.exists()

    def test_only_for_those_who_lead_and_only_where_they_do(self, cast: Cast) -> None:
        for actor, refusal in ((cast.ingrid.actor, NotAllowed), (cast.nils.actor, NotFound)):
            with pytest.raises(refusal):
                bring_in(actor=actor, unit_id=cast.bekkedal.pk, text=sheet("10"), source=SOURCE, at=MONDAY)
        other = "indikator;team;periode;verdi;antall\n" + f"{MONTHLY.code};Team Solvik;2025-01;10;60\n"
        with pytest.raises(FaultsInSheet):
            bring_in(actor=cast.marit.actor, unit_id=cast.bekkedal.pk, text=other, source=SOURCE, at=MONDAY)

    def test_few_are_hidden_and_the_source_follows_the_series(self, cast: Cast) -> None:
        common = {"actor": cast.marit.actor, "unit_id": cast.bekkedal.pk, "source": SOURCE, "at": MONDAY}
        bring_in(text=sheet("10", "20"), **common)  # type: ignore[arg-type]
        bring_in(text=sheet("10", "21", n=3), **common)  # type: ignore[arg-type]
        (found,) = series_of(
            actor=cast.marit.actor, unit_id=cast.bekkedal.pk, codes=[MONTHLY.code],
            within=Days(date(2025, 1, 1), date(2025, 3, 1)), today=MONDAY_DATE,
        )  # fmt: skip

        assert [(one.hidden, one.value) for one in found.points] == [(True, None), (True, None)]
        assert all(one.imported for one in found.points) and found.brought_from == (SOURCE,)


@pytest.mark.django_db
class TestThePage:
    def test_looks_through_before_it_brings_in(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(clock, "now", lambda: MONDAY)
        client = Client()
        assert cast.marit.user is not None
        client.force_login(cast.marit.user)
        url = reverse("insight:bring-in", args=[cast.bekkedal.pk])
        wrong = client.post(url, {"source": SOURCE, "text": sheet("10", "mye")})
        assert wrong.status_code == 422 and "Linje 3: «mye» er ikke et tall." in wrong.content.decode()
        assert sheet("10", "mye").splitlines()[2] in wrong.content.decode()

        file = SimpleUploadedFile("tall.csv", sheet("10", "20").encode())
        looked = client.post(url, {"source": SOURCE, "file": file})
        page = looked.content.decode()
        assert "Hent inn 2 tall" in page and "2 nye." in page and not Figure.objects.exists()
        mark = looked.context["form"].data["looked"]
        changed = client.post(url, {"source": SOURCE, "text": sheet("10", "30"), "looked": mark})
        assert changed.status_code == 200 and not Figure.objects.exists()  # another text is looked through first
        done = client.post(url, {"source": SOURCE, "text": sheet("10", "20"), "looked": mark}, follow=True)

        assert "2 tall er hentet inn." in done.content.decode() and SOURCE in done.content.decode()
        assert Figure.objects.count() == 2


class TestWhatIsDrawn:
    def test_is_a_ring_with_where_it_is_from_in_words(self) -> None:
        told = replace(series([10, 11, 12, 13]), brought_from=(SOURCE,))
        told = replace(told, points=(*(replace(one, imported=True) for one in told.points[:2]), *told.points[2:]))
        found = verdict(told)

        drawn = figure(told, found, ident="x")

        assert isinstance(drawn.picture, SeriesChart) and isinstance(drawn.table, DataTable)
        assert [one.brought for one in drawn.picture.points] == [True, True, False, False]
        assert f"2 punkter er hentet fra «{SOURCE}», ikke talt av Tillit" in str(drawn.caption)
        assert "Hentet inn, ikke talt av Tillit" in str(drawn.table.rows[0].cells[-1])
