"""«Utføres av»: who carries out a service when several units follow the citizen, in and out."""

from datetime import date

import pytest

from tests import builders_plan as build
from tests.cast import Cast
from tillit.care.careplans.models import CarePlan, Intervention
from tillit.care.citizens.models import Citizen, Following
from tillit.care.visits.models import Visit
from tillit.exchange.files import dryrun, exporting, workbook
from tillit.exchange.files.sheets import BY_CODE
from tillit.exchange.files.test_import import TODAY, Sheets, look, town
from tillit.exchange.files.work import Silent, write_rows
from tillit.foundation.access.actor import system


def services(*rows: list[object]) -> Sheets:
    header: list[object] = ["Bruker-id", "Tiltak", "Tid på dagen", "Minutter", "Utføres av"]
    return {"Tjenester": [header, *rows]}


def astrid_with_two_teams(cast: Cast) -> Citizen:
    """B-1, whom Team Lia follows since the first import, and Bekkedal for a part."""
    sheets = town()
    del sheets["Tjenester"]
    write(cast, sheets)
    astrid = Citizen.objects.get(import_key="B-1")
    Following.objects.create(citizen=astrid, unit=cast.bekkedal, part="Helsehjelp", valid_from=TODAY)
    return astrid


def write(cast: Cast, sheets: Sheets) -> None:
    write_rows(look(cast, sheets), actor=cast.admin.actor, progress=Silent())


def carried_out_by() -> dict[str, str]:
    rows = Intervention.objects.filter(plan__valid_to__isnull=True).values_list("title", "unit__name")
    return {title: name or "" for title, name in rows}


CARE: list[object] = ["B-1", "Stell", "morgen", 20, ""]
MEDICINE: list[object] = ["B-1", "Medisiner", "morgen", 5, "team-bekkedal"]


class TestIn:
    def test_a_service_is_the_units_that_the_row_names_and_so_are_its_visits_R30(self, cast: Cast) -> None:
        astrid_with_two_teams(cast)

        write(cast, services(CARE, MEDICINE, ["B-1", "Middag", "midt på dagen", 15, "LIA"]))

        assert carried_out_by() == {"Stell": "", "Medisiner": "Team Bekkedal", "Middag": ""}
        of_bekkedal = Visit.objects.filter(unit=cast.bekkedal)
        assert {visit.tasks.get().title for visit in of_bekkedal} == {"Medisiner"}
        assert Visit.objects.exclude(unit=cast.bekkedal).filter(slot="MORNING").count() == of_bekkedal.count()

    def test_twice_changes_nothing_and_a_file_without_the_column_leaves_it_as_it_is(self, cast: Cast) -> None:
        astrid_with_two_teams(cast)
        write(cast, services(CARE, MEDICINE))
        plain: Sheets = {"Tjenester": [row[:4] for row in services(CARE, MEDICINE)["Tjenester"]]}

        again, without = look(cast, services(CARE, MEDICINE)), look(cast, plain)

        for findings in (again, without):
            assert findings.outcomes["services"].as_json() == {"created": 0, "changed": 0, "unchanged": 1}
        plain["Tjenester"][1][3] = 25  # the plan is written anew, for its minutes
        write(cast, plain)
        assert CarePlan.objects.count() == 2
        assert carried_out_by() == {"Stell": "", "Medisiner": "Team Bekkedal"}

    def test_naming_the_main_unit_gives_it_back(self, cast: Cast) -> None:
        astrid_with_two_teams(cast)
        write(cast, services(CARE, MEDICINE))

        write(cast, services(CARE, [*MEDICINE[:4], "LIA"]))

        assert carried_out_by() == {"Stell": "", "Medisiner": ""}

    @pytest.mark.parametrize(
        ("code", "says"),
        [
            ("finnesikke", "Enheten «finnesikke» finnes ikke. Ta den med i arket Enheter."),
            ("team-solvik", "«team-solvik» følger ikke brukeren. La teamet følge henne først"),
        ],
    )
    def test_what_is_wrong_is_said_in_plain_words(self, cast: Cast, code: str, says: str) -> None:
        astrid_with_two_teams(cast)

        findings = look(cast, services(CARE, [*MEDICINE[:4], code]))

        (problem,) = (found for found in findings.problems if found.stops)
        assert (problem.sheet, problem.row, str(problem.column)) == ("services", 3, "Utføres av")
        assert says in problem.text

    def test_somebody_new_in_the_same_file_has_one_team(self, cast: Cast) -> None:
        sheets = town()
        for row, code in zip(sheets["Tjenester"], ("Utføres av", "LIA", "", "team-bekkedal"), strict=True):
            row.append(code)

        stopping = [(problem.row, problem.text) for problem in look(cast, sheets).problems if problem.stops]

        assert [row for row, _text in stopping] == [4]


class TestOut:
    def test_what_goes_out_comes_in_as_it_was_with_the_main_unit_as_team_R30(self, cast: Cast) -> None:
        astrid = astrid_with_two_teams(cast)
        write(cast, services(CARE, MEDICINE))

        rows = exporting.collect(actor=system("test"), today=TODAY, shifts_from=TODAY, shifts_to=TODAY)
        content = workbook.export(rows)
        findings = dryrun.run(
            [("ut.xlsx", content)], actor=cast.admin.actor, today=TODAY, chosen={}, remembered=lambda s, t: {}
        )

        named = {str(row.values["title"]): row.values["carried_out_by"] for row in findings.rows("services")}
        assert named == {"Stell": None, "Medisiner": "team-bekkedal"}
        assert findings.outcomes["services"].as_json() == {"created": 0, "changed": 0, "unchanged": 1}
        team = {str(row.values["key"]): row.values["unit"] for row in findings.rows("citizens")}
        assert team["B-1"] == "LIA"
        assert Following.objects.filter(citizen=astrid, valid_to__isnull=True).count() == 2

    def test_a_team_that_follows_no_more_is_not_written(self, cast: Cast) -> None:
        plan = build.plan(cast.olga)
        build.intervention(plan, "Medisiner", by=cast.solvik)
        Following.objects.create(
            citizen=cast.olga, unit=cast.solvik, part="Helsehjelp", valid_from=date(2026, 1, 1), valid_to=TODAY
        )

        rows = exporting.collect(actor=system("test"), today=TODAY, shifts_from=TODAY, shifts_to=TODAY)

        assert [row[-1] for row in rows["services"]] == [""]

    def test_the_template_explains_the_column(self) -> None:
        texts = [str(column.explanation) for column in BY_CODE["services"].columns]

        assert (
            "Koden til teamet, når flere team følger brukeren. La feltet stå tomt for å beholde det som står." in texts
        )
