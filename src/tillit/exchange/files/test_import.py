"""The import from file to stored rows: dry run, problems by row and column, writing, writing twice."""

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils.translation import override
from openpyxl import Workbook, load_workbook

from tests.cast import MONDAY, Cast
from tillit.care.careplans.models import CarePlan, Intervention
from tillit.care.citizens.models import Citizen, Following, Home, Identifier, Responsible
from tillit.care.needs.models import WhatMatters
from tillit.care.visits.models import LearnedMinutes, Visit
from tillit.exchange.files import actions, columns, contexts, dryrun, exporting, queries, reading, workbook
from tillit.exchange.files.models import ImportRun, ImportState
from tillit.exchange.files.sheets import BY_CODE, SHEETS
from tillit.exchange.files.work import Silent, write_rows
from tillit.foundation.access.models import AccessEntry, AuditEntry, User
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee, PositionShare, Shift
from tillit.kernel import clock, national_id
from tillit.kernel.errors import NotAllowed, NotFound

TODAY = date(2026, 11, 23)
Sheets = dict[str, list[list[object]]]


def _number(serial: int) -> str:
    for candidate in range(serial, 999):
        if found := national_id.synthetic(day=3, month=5, year=1942, serial=candidate):
            return found
    raise AssertionError


def town() -> Sheets:
    """A small municipality as a spreadsheet, header rows first."""
    return {
        "Enheter": [
            ["Kode", "Navn", "Type", "Ligger under", "Postnumre"],
            ["LIA", "Team Lia", "team", "nord", "6780, 6781"],
        ],
        "Ansatte": [
            ["Ansattnr", "Fornavn", "Etternavn", "Yrke", "Stillingsprosent", "Team", "Andel", "Kompetanse", "Brukernavn"],
            ["9001", "Silje", "Strand", "fysioterapeut", 100, "LIA", 50, "", "silje.strand"],
            ["9001", "Silje", "Strand", "fysioterapeut", 100, "team-bekkedal", 50, "", "silje.strand"],
            ["9002", "Piotr", "Nowak", "helsefagarbeider", "80 %", "LIA", None, "fordeler", ""],
        ],
        "Vakter": [
            ["Ansattnr", "Team", "Dato", "Start", "Slutt"],
            ["9002", "LIA", "24.11.2026", "07.30", "15.00"],
            ["9002", "LIA", "25.11.2026", "22.00", "07.30"],
        ],
        "Brukere": [
            ["Bruker-id", "Fødselsnummer", "Fornavn", "Etternavn", "Født", "Adresse", "Postnr", "Poststed", "Primærkontakt", "Pårørende", "Hva er viktig"],
            ["B-1", _number(10), "Astrid", "Haugen", "03.05.1942", "Strandveien 14", "6780", "Lia", "9002", "Berit Haugen", "Jeg vil gå ned til postkassa selv."],
            ["B-2", _number(20), "Odd", "Rønning", "03.05.1942", "Fjellvegen 2", 6781, "Lia", "", "", ""],
        ],
        "Tjenester": [
            ["Bruker-id", "Tiltak", "Slag", "Dager", "Tid på dagen", "Tidligst", "Senest", "Minutter", "Mål", "Evalueres"],
            ["B-1", "Støttestrømper", "stell", "alle", "morgen", "08.00", "09.30", 15, "Gå ned til postkassa", "15.01.2027"],
            ["B-1", "Støttestrømper", "stell", "alle", "kveld", "19.00", "21.00", 15, "Gå ned til postkassa", "15.01.2027"],
            ["B-2", "Rengjøring", "rengjøring", "onsdag", "midt på dagen", None, None, 60, "", ""],
        ],
    }  # fmt: skip


def book(sheets: Sheets) -> bytes:
    """The sheets as an Excel file."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def look(cast: Cast, sheets: Sheets) -> dryrun.Findings:
    """A dry run by the administrator."""
    return dryrun.run(
        [("kommune.xlsx", book(sheets))],
        actor=cast.admin.actor,
        today=TODAY,
        chosen={},
        remembered=lambda sheet, table: {},
    )


class TestDryRun:
    def test_tells_what_is_new_and_writes_nothing(self, cast: Cast) -> None:
        before = (Unit.objects.count(), Employee.objects.count(), Citizen.objects.count())

        findings = look(cast, town())

        assert [problem for problem in findings.problems if problem.stops] == []
        assert {code: found.created for code, found in findings.outcomes.items()} == {
            "units": 1, "employees": 2, "shifts": 2, "citizens": 2, "services": 2,
        }  # fmt: skip
        assert (Unit.objects.count(), Employee.objects.count(), Citizen.objects.count()) == before

    @pytest.mark.parametrize(
        ("sheet", "row", "column", "value", "problem"),
        [
            ("Enheter", 1, 3, "finnesikke", ("units", 2, "Ligger under", "finnes ikke")),
            ("Ansatte", 3, 3, "tryllekunstner", ("employees", 4, "Yrke", "kjenner vi ikke")),
            ("Ansatte", 3, 4, 120, ("employees", 4, "Stillingsprosent", "utenfor")),
            ("Ansatte", 3, 7, "DRONE", ("employees", 4, "Kompetanse", "finnes ikke")),
            ("Vakter", 1, 0, "1", ("shifts", 2, "Ansattnummer", "finnes ikke")),
            ("Vakter", 2, 2, "24.11.2026", None),
            ("Vakter", 2, 4, "21.00", ("shifts", 3, "Til klokka", "16 timer")),
            ("Brukere", 1, 1, "13097248023", ("citizens", 2, "Fødselsnummer", "Kontrollsifrene")),
            ("Brukere", 2, 6, "9999", ("citizens", 3, "Team", "Ingen team")),
            ("Brukere", 2, 0, "B-1", ("citizens", 3, "Bruker-id", "også i rad 2")),
            ("Tjenester", 3, 0, "B-3", ("services", 4, "Bruker-id", "finnes ikke")),
            ("Tjenester", 1, 5, "10.00", ("services", 2, "Senest", "før tidligst")),
            ("Tjenester", 3, 7, "en time", ("services", 4, "Minutter", "ikke et tall")),
        ],
    )
    def test_names_row_and_column_of_every_problem(
        self, cast: Cast, sheet: str, row: int, column: int, value: object, problem: tuple[str, int, str, str] | None
    ) -> None:
        sheets = town()
        sheets[sheet][row][column] = value

        stopping = [found for found in look(cast, sheets).problems if found.stops]

        if problem is None:
            assert stopping == []
            return
        where = [(found.sheet, found.row, str(found.column)) for found in stopping]
        assert problem[:3] in where
        assert any(problem[3] in found.text for found in stopping)

    def test_says_which_required_column_is_missing(self, cast: Cast) -> None:
        sheets: Sheets = {"Brukere": [["Fornavn", "Etternavn"], ["A", "B"]]}

        findings = look(cast, sheets)

        assert any("Bruker-id" in problem.text for problem in findings.problems)
        assert findings.stops

    def test_does_not_let_a_leader_read_in_for_another_team(self, cast: Cast) -> None:
        sheets = town()
        sheets["Brukere"][0].append("Team")
        sheets["Brukere"][1].append("team-fjelldal")
        sheets["Brukere"][2].append("team-bekkedal")
        del sheets["Brukere"][0][8], sheets["Brukere"][1][8], sheets["Brukere"][2][8]
        findings = dryrun.run(
            [("x.xlsx", book({"Brukere": sheets["Brukere"]}))],
            actor=cast.marit.actor, today=TODAY, chosen={}, remembered=lambda sheet, table: {},
        )  # fmt: skip

        assert [(problem.row, "dine egne team" in problem.text) for problem in findings.problems if problem.stops] == [
            (2, True)
        ]

    def test_refuses_a_second_owner_of_a_national_id(self, cast: Cast) -> None:
        taken = Identifier.objects.get(citizen=cast.olga).value
        Citizen.objects.filter(pk=cast.olga.pk).update(import_key="G-7")
        sheets = town()
        sheets["Brukere"][1][1] = taken

        assert any("en annen bruker" in problem.text for problem in look(cast, sheets).problems)

    def test_does_not_bring_back_whoever_has_died_or_has_no_help_any_more(self, cast: Cast) -> None:
        Citizen.objects.filter(pk=cast.olga.pk).update(import_key="B-1")
        assert not [problem for problem in look(cast, town()).problems if "ikke hjelp lenger" in problem.text]
        Citizen.objects.filter(pk=cast.olga.pk).update(died_on=date(2026, 11, 1))

        found = [problem for problem in look(cast, town()).problems if "ikke hjelp lenger" in problem.text]

        assert [(problem.sheet, problem.row, problem.stops) for problem in found] == [
            ("citizens", 2, True),
            ("services", 2, True),
        ]


class TestWriting:
    def test_stores_a_municipality_with_plans_and_visits(self, cast: Cast) -> None:
        at = clock.now()
        findings = look(cast, town())

        write_rows(findings, actor=cast.admin.actor, progress=Silent())

        lia = Unit.objects.get(code="LIA")
        assert lia.path == f"{cast.north.path}{lia.pk}."
        assert Employee.objects.get(number="9001").positions.get().shares.count() == 2
        night = Shift.objects.get(employee__number="9002", kind="NIGHT")
        assert night.starts_at == datetime(2026, 11, 25, 21, 0, tzinfo=UTC)
        astrid = Citizen.objects.get(import_key="B-1")
        assert Following.objects.get(citizen=astrid).unit == lia
        assert Responsible.objects.get(citizen=astrid).employee.number == "9002"
        assert WhatMatters.objects.get(citizen=astrid).words.startswith("Jeg vil gå")
        plan = CarePlan.objects.get(citizen=astrid)
        assert plan.is_in_use
        intervention = Intervention.objects.get(plan=plan)
        assert sorted(intervention.times.values_list("part_of_day", flat=True)) == ["EVENING", "MORNING"]
        assert intervention.goal is not None
        assert Visit.objects.filter(citizen=astrid, unit=lia).exists()
        assert AuditEntry.objects.filter(action="files.import", at__gte=at).count() >= 5

    def test_twice_changes_nothing(self, cast: Cast) -> None:
        write_rows(look(cast, town()), actor=cast.admin.actor, progress=Silent())
        counts = [model.objects.count() for model in (Unit, Employee, PositionShare, Shift, Citizen, CarePlan, Visit)]

        again = look(cast, town())
        assert {(found.created, found.changed) for found in again.outcomes.values()} == {(0, 0)}
        write_rows(again, actor=cast.admin.actor, progress=Silent())

        assert counts == [
            model.objects.count() for model in (Unit, Employee, PositionShare, Shift, Citizen, CarePlan, Visit)
        ]

    def test_a_move_closes_the_old_home_and_keeps_it(self, cast: Cast) -> None:
        write_rows(look(cast, town()), actor=cast.admin.actor, progress=Silent())
        sheets = town()
        sheets["Brukere"][1][5] = "Ny veg 1"

        findings = look(cast, sheets)
        assert findings.outcomes["citizens"].changed == 1
        write_rows(findings, actor=cast.admin.actor, progress=Silent())

        homes = Home.objects.filter(citizen__import_key="B-1").order_by("pk")
        assert [home.street for home in homes] == ["Strandveien 14", "Ny veg 1"]
        assert [home.valid_to is None for home in homes] == [False, True]

    def test_leaves_rows_with_problems_out_and_writes_the_rest(self, cast: Cast) -> None:
        sheets = town()
        sheets["Brukere"][2][1] = "13097248023"
        sheets["Tjenester"] = sheets["Tjenester"][:3]

        write_rows(look(cast, sheets), actor=cast.admin.actor, progress=Silent())

        assert set(Citizen.objects.filter(import_key__isnull=False).values_list("import_key", flat=True)) == {"B-1"}

    def test_knows_somebody_without_record_id_by_her_national_id(self, cast: Cast) -> None:
        sheets = town()
        sheets["Brukere"][1][1] = Identifier.objects.get(citizen=cast.olga).value
        before = Citizen.objects.count()

        write_rows(look(cast, sheets), actor=cast.admin.actor, progress=Silent())

        cast.olga.refresh_from_db()
        assert (cast.olga.import_key, cast.olga.given_name) == ("B-1", "Astrid")
        assert Citizen.objects.count() == before + 1

    def test_what_is_exported_can_be_read_in_without_a_change(self, cast: Cast) -> None:
        write_rows(look(cast, town()), actor=cast.admin.actor, progress=Silent())
        from tillit.foundation.access.actor import system

        rows = exporting.collect(actor=system("test"), today=TODAY, shifts_from=TODAY, shifts_to=date(2026, 12, 24))
        content = workbook.export(rows)
        findings = dryrun.run(
            [("ut.xlsx", content)], actor=cast.admin.actor, today=TODAY, chosen={}, remembered=lambda s, t: {}
        )

        assert [problem for problem in findings.problems if problem.stops] == []
        ours = {"B-1", "B-2"}
        keys = {str(row.values["key"]) for row in findings.rows("citizens")}
        assert ours <= keys
        assert findings.outcomes["shifts"].unchanged == 2
        assert findings.outcomes["services"].as_json() == {"created": 0, "changed": 0, "unchanged": 2}


class TestActions:
    def test_upload_check_and_write_through_the_queue(self, cast: Cast) -> None:
        run = actions.start_import(actor=cast.admin.actor, files=[("a.xlsx", book(town()))], at=MONDAY)
        run.refresh_from_db()
        assert run.state == ImportState.READY
        assert run.found["sheets"]["citizens"]["created"] == 2

        actions.write_import(actor=cast.admin.actor, run_id=run.pk, at=MONDAY)

        run.refresh_from_db()
        assert run.state == ImportState.DONE
        assert run.written["sheets"]["citizens"]["created"] == 2
        assert all(not bytes(file.content) for file in run.files.all())
        assert AccessEntry.objects.filter(changed=True, door="files.write").exists()

    def test_refuses_to_write_while_something_stops(self, cast: Cast) -> None:
        sheets = town()
        sheets["Brukere"][1][1] = "13097248023"
        run = actions.start_import(actor=cast.admin.actor, files=[("a.xlsx", book(sheets))], at=MONDAY)

        with pytest.raises(actions.NotReady, match="Ingenting er skrevet inn"):
            actions.write_import(actor=cast.admin.actor, run_id=run.pk, at=MONDAY)

        assert not Citizen.objects.filter(import_key__isnull=False).exists()

    def test_remembers_the_columns_for_the_next_file_of_that_shape(self, cast: Cast) -> None:
        strange = town()["Brukere"]
        strange[0][0] = "Løpenr i Gerica"
        run = actions.start_import(actor=cast.admin.actor, files=[("a.xlsx", book({"Brukere": strange}))], at=MONDAY)
        run.refresh_from_db()
        assert run.found["stops"]

        columns = {**run.mapping["Brukere"]["columns"], "key": "Løpenr i Gerica"}
        sheets = {**town(), "Brukere": strange}
        actions.choose_mapping(
            actor=cast.admin.actor, run_id=run.pk, table="Brukere", sheet="citizens", columns=columns, at=MONDAY
        )
        second = actions.start_import(actor=cast.admin.actor, files=[("b.xlsx", book(sheets))], at=MONDAY)

        second.refresh_from_db()
        assert not second.found["stops"]
        assert second.found["sheets"]["citizens"]["created"] == 2

    def test_only_those_with_the_permission_and_only_ones_own(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            actions.start_import(actor=cast.ingrid.actor, files=[("a.xlsx", book(town()))], at=MONDAY)
        run = actions.start_import(actor=cast.admin.actor, files=[("a.xlsx", book(town()))], at=MONDAY)
        with pytest.raises(NotFound):
            queries.get_run(actor=cast.marit.actor, run_id=run.pk)
        assert ImportRun.objects.count() == 1


class TestReading:
    def test_reads_csv_as_spreadsheets_write_it(self) -> None:
        text = "Fornavn;Etternavn\r\nÅse;Øye\r\n\r\nBo;Ås\r\n"

        for encoding in ("utf-8-sig", "cp1252", "utf-16"):
            table = reading.read("brukere.csv", text.encode(encoding))[0]
            assert table.header == ("Fornavn", "Etternavn")
            assert table.rows == ((2, ("Åse", "Øye")), (4, ("Bo", "Ås")))

    @pytest.mark.parametrize(
        ("name", "content", "says"),
        [
            ("a.xls", b"\xd0\xcf", "gamle format"),
            ("a.pdf", b"%PDF", "Excel"),
            ("a.xlsx", b"not a zip", "kan ikke åpnes"),
            ("a.csv", b"", "tom"),
        ],
    )
    def test_says_why_a_file_cannot_be_read(self, name: str, content: bytes, says: str) -> None:
        with pytest.raises(reading.UnreadableFile, match=says):
            reading.read(name, content)

    def test_opens_no_zip_bomb(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(reading, "MOST_UNPACKED_BYTES", 1000)

        with pytest.raises(reading.UnreadableFile, match="utpakket"):
            reading.read("a.xlsx", book({"Brukere": [["x" * 5000]]}))


class TestWorkbook:
    def test_the_template_has_every_sheet_and_is_read_back(self, cast: Cast) -> None:
        made = load_workbook(io.BytesIO(workbook.template()))

        assert [str(sheet.name) for sheet in SHEETS] == made.sheetnames[1:]
        tables = reading.read("mal.xlsx", workbook.template())
        assert {table.name for table in tables} >= {str(sheet.name) for sheet in SHEETS}

    def test_a_name_never_becomes_a_formula(self) -> None:
        content = workbook.export({"units": [["=HYPERLINK(1)", "+1", "team", "", "", "", None, None, ""]]})
        page = load_workbook(io.BytesIO(content)).worksheets[0]

        assert [page.cell(2, 1).value, page.cell(2, 2).value] == ["'=HYPERLINK(1)", "'+1"]
        assert page.cell(2, 1).data_type == "s"


class TestPages:
    def test_the_whole_way_through_the_browser(self, cast: Cast) -> None:
        client = Client()
        client.force_login(cast.admin.user)
        upload = io.BytesIO(book(town()))
        upload.name = "kommune.xlsx"

        assert client.get("/import/").status_code == 200
        answer = client.post("/import/start/", {"files": [upload]}, follow=True)
        assert "Klart til å skrives inn" in answer.content.decode()
        run = ImportRun.objects.get()
        answer = client.post(f"/import/{run.pk}/skriv/", follow=True)

        assert "Alt er skrevet inn" in answer.content.decode()
        assert Citizen.objects.filter(import_key="B-1").exists()

    def test_a_file_that_cannot_be_read_says_so_and_writes_nothing(self, cast: Cast) -> None:
        client = Client()
        client.force_login(cast.admin.user)
        upload = io.BytesIO(b"junk")
        upload.name = "bilde.png"

        answer = client.post("/import/start/", {"files": [upload]})

        assert answer.status_code == 422
        assert "Ingenting er skrevet inn" in answer.content.decode()

    def test_others_do_not_see_the_run(self, cast: Cast) -> None:
        run = actions.start_import(actor=cast.admin.actor, files=[("a.xlsx", book(town()))], at=MONDAY)
        leader, nurse = Client(), Client()
        leader.force_login(cast.marit.user)
        nurse.force_login(cast.ingrid.user)

        assert leader.get(f"/import/{run.pk}/").status_code == 404
        assert nurse.get(f"/import/{run.pk}/").status_code == 403
        assert nurse.get("/import/").status_code == 403

    def test_templates_are_downloaded(self, cast: Cast) -> None:
        client = Client()
        client.force_login(cast.admin.user)

        for address in ("/import/mal/", "/import/mal/citizens/"):
            answer = client.get(address)
            assert answer.status_code == 200
            assert answer["Content-Disposition"].startswith("attachment")
        assert client.get("/import/mal/noe/").status_code == 404


class TestFilesFromASpreadsheetProgram:
    FOLDER = Path(__file__).resolve().parents[4] / "tests" / "files"

    def test_a_workbook_saved_by_libreoffice_is_read_in_whole(self, cast: Cast) -> None:
        content = (self.FOLDER / "kommune-libreoffice.xlsx").read_bytes()
        findings = dryrun.run(
            [("kommune.xlsx", content)], actor=cast.admin.actor, today=TODAY, chosen={}, remembered=lambda s, t: {}
        )

        assert [problem for problem in findings.problems if problem.stops] == []
        write_rows(findings, actor=cast.admin.actor, progress=Silent())

        assert Citizen.objects.get(import_key="B-1").born_on == date(1942, 5, 3)
        assert Shift.objects.get(employee__number="9002", kind="DAY").starts_at == datetime(
            2026, 11, 24, 6, 30, tzinfo=UTC
        )

    def test_a_csv_in_windows_signs_keeps_the_norwegian_letters(self, cast: Cast) -> None:
        content = (self.FOLDER / "brukere-libreoffice.csv").read_bytes()

        table = reading.read("brukere.csv", content)[0]

        assert "Fødselsnummer" in table.header
        assert table.rows[1][1][3] == "Rønning"


class TestWhatIsToldOfProblems:
    def test_one_wrong_cell_is_one_problem_not_many(self, cast: Cast) -> None:
        sheets = town()
        sheets["Ansatte"][3][3] = "tryllekunstner"  # 9002, whom shifts and citizens point at
        sheets["Brukere"][1][4] = "i fjor"  # B-1, whom services point at

        stopping = [problem for problem in look(cast, sheets).problems if problem.stops]

        assert [(problem.sheet, problem.row) for problem in stopping] == [("employees", 4), ("citizens", 2)]

    def test_the_same_words_are_said_once(self) -> None:
        assert contexts.row_spans([2, 3, 4, 7, 12, 13]) == "2–4, 7, 12–13"
        assert contexts.row_spans([9]) == "9"
        assert contexts.row_spans([1, 3, 5, 7, 9]) == "1, 3, 5, 7 …"

    def test_our_own_template_comes_back_without_a_word_about_its_guide(self, cast: Cast) -> None:
        findings = dryrun.run(
            [("mal.xlsx", workbook.template())],
            actor=cast.admin.actor,
            today=TODAY,
            chosen={},
            remembered=lambda s, t: {},
        )

        assert set(findings.mapping) == {"Enheter", "Ansatte", "Vakter", "Brukere", "Tjenester"}


class TestLanguages:
    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_a_template_fetched_in_any_language_is_known_again(self, cast: Cast, language: str) -> None:
        with override(language):
            content = workbook.template()

        findings = dryrun.run(
            [("mal.xlsx", content)], actor=cast.admin.actor, today=TODAY, chosen={}, remembered=lambda s, t: {}
        )

        assert set(findings.checked) == {"units", "employees", "shifts", "citizens", "services"}
        assert not [problem for problem in findings.problems if problem.row == 0]

    @pytest.mark.parametrize(
        ("written", "code"), [("sjukepleiar", "NURSE"), ("nurse", "NURSE"), ("Heimehjelp", "HOME_HELPER")]
    )
    def test_words_of_all_three_are_understood(self, written: str, code: str) -> None:
        assert columns.read(written, BY_CODE["employees"].column("profession")) == code


class TestTheOwnersRules:
    """What a file changes is a change like any other: history, reach, and nothing that people wrote is wiped out."""

    def test_what_a_fact_was_is_kept_and_empty_cells_leave_what_people_wrote(self, cast: Cast) -> None:
        write_rows(look(cast, town()), actor=cast.admin.actor, progress=Silent())
        Citizen.objects.filter(import_key="B-1").update(phone="900 00 000", call_name="Asta")
        sheets = town()
        sheets["Brukere"][1][3] = "Haug"

        write_rows(look(cast, sheets), actor=cast.admin.actor, progress=Silent())

        astrid = Citizen.objects.get(import_key="B-1")
        assert (astrid.family_name, astrid.phone, astrid.call_name) == ("Haug", "900 00 000", "Asta")
        assert [(row.field, row.was, row.reason) for row in astrid.corrections.all()] == [
            ("FAMILY_NAME", "Haugen", "FILE")
        ]
        assert AuditEntry.objects.filter(action="citizens.correct_facts", citizen_id=astrid.pk).count() == 1

    def test_another_team_gets_the_coming_visits(self, cast: Cast) -> None:
        write_rows(look(cast, town()), actor=cast.admin.actor, progress=Silent())
        sheets: Sheets = {"Brukere": [[*row, ""] for row in town()["Brukere"][:2]]}
        sheets["Brukere"][0][-1], sheets["Brukere"][1][-1] = "Team", "team-bekkedal"

        write_rows(look(cast, sheets), actor=cast.admin.actor, progress=Silent())

        week = (TODAY, TODAY + timedelta(days=6))
        coming = Visit.objects.filter(citizen__import_key="B-1", state="PLANNED", on__range=week)
        assert set(coming.values_list("unit__name", flat=True)) == {"Team Bekkedal"}

    def test_a_contact_from_another_team_is_left_out_and_said(self, cast: Cast) -> None:
        sheets = town()
        sheets["Brukere"][1][8] = cast.ingrid.employee.number

        findings = look(cast, sheets)
        write_rows(findings, actor=cast.admin.actor, progress=Silent())

        (said,) = (one for one in findings.problems if "arbeider ikke i teamet" in one.text)
        assert (said.row, said.column, said.stops) == (2, "Primærkontakt", False)
        assert not Responsible.objects.filter(citizen__import_key="B-1").exists()

    def test_a_leader_takes_nobody_from_a_team_out_of_reach(self, cast: Cast) -> None:
        Citizen.objects.filter(pk=cast.per.pk).update(import_key="B-1")
        sheets: Sheets = {"Brukere": [[*row, ""] for row in town()["Brukere"][:2]]}
        sheets["Brukere"][0][-1], sheets["Brukere"][1][-1] = "Team", "team-bekkedal"
        sheets["Brukere"][1][8] = ""

        findings = dryrun.run(
            [("x.xlsx", book(sheets))], actor=cast.marit.actor, today=TODAY, chosen={}, remembered=lambda s, t: {}
        )

        assert [(one.row, "dine egne team" in one.text) for one in findings.problems if one.stops] == [(2, True)]
        assert Following.objects.get(citizen=cast.per, valid_to__isnull=True).unit == cast.fjelldal

    def test_a_leader_gives_no_leaders_role_nobody_a_role_of_her_own_and_takes_no_login(self, cast: Cast) -> None:
        header = town()["Ansatte"][0]
        User.objects.create_user("kari.ny", None, name="Somebody")
        rows: list[list[object]] = [
            header,
            ["9101", "Ny", "Leder", "leder", 100, "team-bekkedal", None, "", ""],
            [cast.marit.employee.number, "Marit", "Aune", "sykepleier", 100, "team-bekkedal", None, "", ""],
            ["9102", "Kari", "Ny", "helsefagarbeider", 100, "team-bekkedal", None, "", "kari.ny"],
            [cast.frida.employee.number, "F", "F", "sykepleier", 100, "team-bekkedal", None, "", ""],
            ["9103", "Per", "Ny", "helsefagarbeider", 100, "team-bekkedal", None, "", "per.ny"],
        ]

        findings = dryrun.run(
            [("x.xlsx", book({"Ansatte": rows}))],
            actor=cast.marit.actor, today=TODAY, chosen={}, remembered=lambda s, t: {},
        )  # fmt: skip

        stopping = [(one.row, str(one.column)) for one in findings.problems if one.stops]
        assert stopping == [(2, "Rolle"), (3, "Rolle"), (4, "Brukernavn"), (5, "Ansattnummer")]

    def test_minutes_that_a_file_changes_count_over_what_was_learned_R29(self, cast: Cast) -> None:
        write_rows(look(cast, town()), actor=cast.admin.actor, progress=Silent())
        lines = dict(Intervention.objects.values_list("title", "line"))
        for title, line in lines.items():
            owner = Intervention.objects.get(line=line).plan.citizen
            LearnedMinutes.objects.create(citizen=owner, line=line or 0, minutes=33, basis=9, learned_on=TODAY)
            assert title in {"Støttestrømper", "Rengjøring"}
        sheets = town()
        sheets["Tjenester"][1][7] = sheets["Tjenester"][2][7] = 25

        write_rows(look(cast, sheets), actor=cast.admin.actor, progress=Silent())

        assert list(LearnedMinutes.objects.values_list("line", flat=True)) == [lines["Rengjøring"]]
        coming = Visit.objects.filter(citizen__import_key="B-1", state="PLANNED", on__gt=TODAY)
        assert set(coming.values_list("minutes", flat=True)) == {25}

    def test_half_a_position_and_half_a_plan_are_left_out_whole(self, cast: Cast) -> None:
        sheets = town()
        sheets["Ansatte"][2][6] = "mye"  # 9001's second team
        sheets["Tjenester"][2][7] = "en time"  # B-1 in the evening

        findings = look(cast, sheets)
        write_rows(findings, actor=cast.admin.actor, progress=Silent())

        assert [(one.sheet, one.row) for one in findings.problems if one.stops] == [("employees", 3), ("services", 3)]
        assert set(Employee.objects.filter(number__startswith="900").values_list("number", flat=True)) == {"9002"}
        assert set(CarePlan.objects.values_list("citizen__import_key", flat=True)) == {"B-2"}

    def test_a_shift_that_meets_a_stored_one_is_told_before_anything_is_written(self, cast: Cast) -> None:
        write_rows(look(cast, town()), actor=cast.admin.actor, progress=Silent())
        sheets: Sheets = {"Vakter": town()["Vakter"][:2]}
        sheets["Vakter"][1][3:] = ["08.00", "15.00"]
        assert look(cast, sheets).outcomes["shifts"].as_json() == {"created": 0, "changed": 1, "unchanged": 0}
        sheets["Vakter"] += [["9002", "LIA", "24.11.2026", "06.00", "08.00"]]

        findings = look(cast, sheets)

        assert [(one.row, str(one.column)) for one in findings.problems if one.stops] == [
            (2, "Fra klokka"), (3, "Fra klokka"),
        ]  # fmt: skip

    def test_what_was_said_since_is_not_put_behind_an_old_file(self, cast: Cast) -> None:
        write_rows(look(cast, town()), actor=cast.admin.actor, progress=Silent())
        astrid = Citizen.objects.get(import_key="B-1")
        WhatMatters.objects.create(citizen=astrid, words="Noe annet.", said_on=TODAY, recorded_at=clock.now())

        assert look(cast, town()).outcomes["citizens"].changed == 0
