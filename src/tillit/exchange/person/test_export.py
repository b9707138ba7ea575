"""All about one person: every table that points at her is in the file or left out with a reason, and nobody else's."""

import json
import zipfile
from collections import deque
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from tests import builders
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.care.citizens.models import Alert, Citizen, Identifier, NetworkMember
from tillit.care.citizens.models.citizen import Merge
from tillit.exchange.person import collecting
from tillit.exchange.person.actions import export_person
from tillit.exchange.person.parts import LEFT_OUT, PARTS
from tillit.exchange.person.words import WORDS
from tillit.foundation.access import reading
from tillit.foundation.access.models import AccessEntry, AuditEntry
from tillit.kernel.errors import NotAllowed, NotFound


def points_at_a_citizen(model: type[models.Model]) -> bool:
    """Whether a row leads to one citizen: by a column of hers, or over other rows of care and team work."""
    waiting, seen = deque([model]), {model}
    while waiting:
        here = waiting.popleft()
        for column in here._meta.concrete_fields:
            if column.name == "citizen_id" or column.related_model is Citizen:
                return True
            if column.is_relation and isinstance(column.related_model, type) and column.related_model not in seen:
                seen.add(column.related_model)
                waiting.append(column.related_model)
    return False


def test_every_table_that_points_at_a_citizen_is_in_the_file_or_left_out_with_a_reason() -> None:
    ours = {model._meta.label for model in apps.get_models() if points_at_a_citizen(model)}

    assert {"citizens.Home", "visits.VisitReport", "access.AccessEntry"} <= ours, "the test must see them"
    assert ours - {"citizens.Citizen"} == {*PARTS, *LEFT_OUT} - {"citizens.Citizen"}
    assert not {*PARTS} & {*LEFT_OUT} and all(LEFT_OUT.values())


def test_every_column_in_the_file_has_a_word_and_every_one_held_back_exists_and_has_a_reason() -> None:
    wordless = set()
    for label, part in PARTS.items():
        model = apps.get_model(label)
        wordless |= {one.name for one in collecting.exported_fields(model, part)} - WORDS.keys()
        assert {*part.withheld} <= {one.name for one in model._meta.concrete_fields}, label
        assert all(part.withheld.values()), label

    assert wordless == set()


def told(target: Path) -> tuple[dict[str, list[dict[str, object]]], str]:
    with zipfile.ZipFile(target) as file:
        said = json.loads(file.read("opplysninger.json"))
        return {label: table["rader"] for label, table in said["tabeller"].items()}, file.read(
            "opplysninger.html"
        ).decode()


@pytest.fixture
def known(cast: Cast) -> Cast:
    for citizen in (cast.olga, cast.per):
        Alert.objects.create(citizen=citizen, kind="OTHER", text=f"Hund hos {citizen.pk}", valid_from=MONDAY_DATE)
        NetworkMember.objects.create(
            citizen=citizen, kind="RELATIVE", name="Liv", phone="911 22 333", note="Er syk selv", valid_from=MONDAY_DATE
        )
    with reading.door("/brukere/", actor=cast.ingrid.actor):
        reading.note(cast.olga.pk)
    return cast


def test_holds_hers_and_who_has_looked_and_nobody_elses(known: Cast, tmp_path: Path) -> None:
    with reading.door("tillit person", actor=known.marit.actor):
        rows = export_person(actor=known.marit.actor, citizen_id=known.olga.pk, target=tmp_path / "o.zip", at=MONDAY)
    tables, page = told(tmp_path / "o.zip")
    everything = json.dumps(tables)

    assert tables["citizens.Citizen"][0]["given_name"] == "Olga"
    assert tables["citizens.Identifier"][0]["value"] == Identifier.objects.get(citizen=known.olga).value
    assert [row["text"] for row in tables["citizens.Alert"]] == [f"Hund hos {known.olga.pk}"]
    assert (
        f"Hund hos {known.per.pk}" not in everything
        and Identifier.objects.get(citizen=known.per).value not in everything
    )
    assert "Ingrid Solheim" in {row["actor_name"] for row in tables["access.AccessEntry"]}
    assert rows["citizens.Home"] == 1 and f"Hund hos {known.olga.pk}" in page and "Olga" in page
    assert oct((tmp_path / "o.zip").stat().st_mode & 0o777) == "0o600"


def test_others_confidential_words_are_held_back_and_it_says_so(known: Cast, tmp_path: Path) -> None:
    export_person(actor=known.marit.actor, citizen_id=known.olga.pk, target=tmp_path / "o.zip", at=MONDAY)
    tables, page = told(tmp_path / "o.zip")

    assert tables["citizens.NetworkMember"][0]["name"] == "Liv"
    for hidden in ("911 22 333", "Er syk selv"):
        assert hidden not in json.dumps(tables) and hidden not in page
    assert "Noen felt er holdt tilbake" in page


def test_a_registration_that_was_found_to_be_her_is_with_it(known: Cast, tmp_path: Path) -> None:
    twin = builders.citizen("Olga", "Dobbel", known.bekkedal, serial=700)
    Citizen.objects.filter(pk=twin.pk).update(merged_into=known.olga, merged_at=MONDAY)
    Merge.objects.create(wrong=twin, right=known.olga, merged_at=MONDAY)
    export_person(actor=known.marit.actor, citizen_id=known.olga.pk, target=tmp_path / "o.zip", at=MONDAY)

    assert {row["id"] for row in told(tmp_path / "o.zip")[0]["citizens.Citizen"]} == {known.olga.pk, twin.pk}


def test_is_noted_and_out_of_reach_is_not_there(known: Cast, tmp_path: Path) -> None:
    target = tmp_path / "o.zip"
    with pytest.raises(NotFound):
        export_person(actor=known.marit.actor, citizen_id=known.per.pk, target=target, at=MONDAY)
    with pytest.raises(NotAllowed):
        export_person(actor=known.kari.actor, citizen_id=known.olga.pk, target=target, at=MONDAY)
    with pytest.raises(NotFound):
        export_person(actor=known.admin.actor, citizen_id=known.olga.pk, target=target, at=MONDAY)
    assert not target.exists() and not AuditEntry.objects.filter(action="person.export").exists()

    with reading.door("tillit person", actor=known.marit.actor):
        export_person(actor=known.marit.actor, citizen_id=known.olga.pk, target=target, at=MONDAY)
    entry = AuditEntry.objects.get(action="person.export")
    assert (entry.user_id, entry.citizen_id) == (known.marit.user.pk, known.olga.pk)
    assert AccessEntry.objects.filter(door="tillit person", citizen_id=known.olga.pk).exists()
    with pytest.raises(FileExistsError):
        export_person(actor=known.marit.actor, citizen_id=known.olga.pk, target=target, at=MONDAY)


def test_asks_a_constant_number_of_questions(known: Cast, tmp_path: Path) -> None:
    def asked(name: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            export_person(actor=known.marit.actor, citizen_id=known.olga.pk, target=tmp_path / name, at=MONDAY)
        return len(found)

    few = asked("few.zip")
    for number in range(12):
        Alert.objects.create(
            citizen=known.olga, kind="OTHER", text=f"{number}", valid_from=MONDAY_DATE + timedelta(number)
        )
    assert asked("many.zip") == few
