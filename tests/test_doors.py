"""No decision without authority: every address, every command and the night's work, tried on a case that waits (R06)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import builders, builders_appeals, builders_authority
from tests import builders_decisions as made
from tests.cast import TUESDAY, TUESDAY_DATE, Cast, Member
from tillit.care.decisions.models import Case, Decision
from tillit.care.decisions.rules.states import State
from tillit.config import nightly
from tillit.exchange.files.cli import import_files
from tillit.foundation.access.roles import Role
from tillit.kernel import clock

pytestmark = pytest.mark.django_db
#: Everything the forms of the product ask for on the way to a decision, at once.
PRESS = {
    "decided_on": TUESDAY_DATE.isoformat(), "on": TUESDAY_DATE.isoformat(), "way": "DIGITAL", "why": "Skal avgjøres.",
    "reasons": "Fordi.", "how_view_weighed": "Alt.", "ground": "LATE", "reason": "For sent.", "ways": "DIGITAL",
    "words": "Vi endrer vedtaket.", "result": "CHANGE", "step": "GOVERNOR_CHANGES", "answered_on": "24.11.2026",
    "day": "01.12.2026", "opened_by": "TEAM", "act": "send", "granted": "yes", "evaluate_on": "01.03.2027",
}  # fmt: skip


def _addresses(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for found in patterns:
        if isinstance(found, URLResolver):
            yield from _addresses(found.url_patterns, f"{found.namespace}:" if found.namespace else space)
        elif found.name:
            yield space + found.name, found


@pytest.fixture
def waiting(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A whole proposal that nobody but the leader of another unit may decide, and a told decision with an appeal."""
    monkeypatch.setattr(clock, "now", lambda: TUESDAY)
    office = made.office(cast)
    made.follows_model(cast.bekkedal, made.MODEL_1)
    builders_authority.authority(office.services["HOME_NURSING"], Role.TEAM_LEADER, unit=office.unit)
    case = made.received(office.nora.actor, cast.olga)
    made.assessed(office.nora.actor, case, cast.ingrid.employee)
    return made.proposed(office.nora.actor, case)


@pytest.mark.parametrize("who", ["administrator", "everything but the leader there"])
def test_no_address_makes_a_decision_without_authority_R06(cast: Cast, waiting: Case, who: str, client: Client) -> None:
    presser: Member = cast.admin if who == "administrator" else cast.marit
    if who == "everything but the leader there":
        for role in set(Role) - {Role.TEAM_LEADER}:
            builders.role(presser.employee, role, cast.municipality)
    appeal = builders_appeals.appeal(cast)
    before = set(Decision.objects.values_list("pk", flat=True))
    client.force_login(presser.user)
    client.raise_request_exception = False
    ids = {"case_id": waiting.pk, "citizen_id": cast.olga.pk, "decision_id": appeal.decision_id, "appeal_id": appeal.pk}
    pressed = 0
    for name, found in _addresses(get_resolver().url_patterns):
        wanted = set(found.pattern.converters)
        if not wanted or not wanted <= set(ids) or not name.startswith("decisions:"):
            continue
        row = appeal if "appeal_id" in wanted else waiting
        row.refresh_from_db()
        press = {**PRESS, "edition": row.edition}
        client.post(reverse(name, kwargs={key: ids[key] for key in wanted}), press)
        pressed += 1
        Case.objects.filter(pk=waiting.pk).update(state=State.PROPOSED)  # whatever the press did: it waits again

    assert pressed > 40
    assert set(Decision.objects.values_list("pk", flat=True)) == before


def test_neither_the_night_nor_a_file_makes_a_decision_R06(cast: Cast, waiting: Case, tmp_path: Path) -> None:
    sheet = tmp_path / "Tjenester.csv"
    sheet.write_text("Bruker-id;Tiltak;Slag;Dager;Tid på dagen;Minutter\nB-1;Vedtak;stell;alle;morgen;15\n")

    nightly.run()
    CliRunner().invoke(import_files, ["--write", str(sheet)])

    waiting.refresh_from_db()
    assert waiting.state == State.PROPOSED
    assert not Decision.objects.exists()


def test_the_same_press_by_one_with_authority_makes_one_R06(cast: Cast, waiting: Case, client: Client) -> None:
    builders_authority.authority(waiting.lines.get().service, Role.TEAM_LEADER, unit=cast.bekkedal)
    client.force_login(cast.marit.user)

    client.post(reverse("decisions:make_decision", args=[waiting.pk]), {**PRESS, "edition": waiting.edition})

    assert Decision.objects.get().decided_by == cast.marit.employee
