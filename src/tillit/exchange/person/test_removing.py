"""What is due goes with everything that hangs on it, and nothing else: on the page, by night, with its trace."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from tests import builders
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tests.policy.rows import one_of_everything
from tillit.care.citizens.models import Citizen, EndOfHelp, Following
from tillit.care.citizens.models.citizen import Merge
from tillit.care.decisions.models import Case
from tillit.care.letters.models import SentLetter
from tillit.care.needs.actions.template import ship_template
from tillit.care.needs.models import ConversationTemplate
from tillit.care.therapy.models import TherapyCase
from tillit.care.visits.models import Visit
from tillit.exchange.person import removing
from tillit.exchange.person.parts import LEFT_OUT, PARTS
from tillit.exchange.person.retention import RECORDS
from tillit.foundation.access.actor import Scope, system
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.keeping import actions, retention
from tillit.foundation.keeping.models import HandedOver, Hold, Removal

pytestmark = pytest.mark.django_db
NIGHT = system("nattjobben")
LONG_AGO = MONDAY_DATE - timedelta(days=11 * 366)
ALL = {label: apps.get_model(label) for label in [*PARTS, *removing.BESIDE] if label not in removing.STAYS}


def everything_about(cast: Cast, citizen: Citizen, unit: object, word: str) -> None:
    template = ConversationTemplate.objects.first() or ship_template(at=MONDAY)
    one_of_everything(cast, citizen, unit, word, template=template, visit_on=LONG_AGO)  # type: ignore[arg-type]


def end(citizen: Citizen, on: date = LONG_AGO) -> None:
    """Let everything about somebody be over since a day."""
    EndOfHelp.objects.create(citizen=citizen, kind="ENDED", ends_on=on, ended_at=MONDAY)
    Following.objects.filter(citizen=citizen).update(valid_from=on - timedelta(days=90), valid_to=on)
    Visit.objects.filter(citizen=citizen).update(on=on - timedelta(days=1))
    Case.objects.filter(citizen=citizen).update(state="ENDED", closed_on=on)
    TherapyCase.objects.filter(citizen=citizen).update(state="CLOSED", result="REACHED", closed_on=on)


def hand_over(citizen: Citizen) -> None:
    actions.write_handed_over(
        actor=NIGHT, citizen_id=citizen.pk, reference="Depot 7/26", handed_over_on=MONDAY_DATE, at=MONDAY
    )


def rows(citizen_ids: list[int]) -> dict[str, int]:
    return {label: count for label, found in removing.rows_of(citizen_ids).items() if (count := found.count())}


def due() -> int:
    return retention.count_due(RECORDS, at=MONDAY)


@pytest.fixture
def old(cast: Cast) -> Cast:
    """Olga's help ended long ago and the archive has her; Arne has just as much, and gets help."""
    everything_about(cast, cast.olga, cast.bekkedal, "Olgasord")
    everything_about(cast, cast.arne, cast.bekkedal, "Arnesord")
    end(cast.olga)
    return cast


def test_every_table_that_points_at_a_citizen_is_deleted_or_stays_by_name() -> None:
    assert {*PARTS, *removing.BESIDE} | removing.STAYS >= {*PARTS, *LEFT_OUT}
    assert not {*removing.BESIDE} & removing.STAYS


class TestARecordThatIsDue:
    def test_goes_with_all_that_hangs_on_it_and_nothing_else_goes(self, old: Cast) -> None:
        hand_over(old.olga)
        hers, his = rows([old.olga.pk]), rows([old.arne.pk])
        before = {label: model._base_manager.count() for label, model in ALL.items()}
        assert len(hers) >= 25 and hers["letters.SentLetter"] == 1 and due() == 1

        removed = retention.remove_due(actor=NIGHT, at=MONDAY)

        connection.check_constraints()
        assert removed["RECORDS"] == sum(hers.values()) and due() == 0
        assert rows([old.olga.pk]) == {} and rows([old.arne.pk]) == his
        after = {label: model._base_manager.count() for label, model in ALL.items()}
        assert {label: before[label] - after[label] for label in ALL if before[label] != after[label]} == hers

    def test_leaves_a_trace_without_content(self, old: Cast) -> None:
        hand_over(old.olga)
        retention.remove_due(actor=NIGHT, at=MONDAY)

        trace = Removal.objects.get(kind="RECORDS", citizen_id=old.olga.pk)
        assert trace.counts["visits.Visit"] == 1 and trace.length == 10 and "§ 25" in trace.basis
        entry = AuditEntry.objects.get(subject=f"removal:{trace.pk}")
        assert entry.change["kind"] == "RECORDS" and "Olga" not in str(entry.change)
        with pytest.raises(DatabaseError), transaction.atomic():
            Removal.objects.all().delete()

    def test_takes_former_registrations_along(self, old: Cast) -> None:
        twin = builders.citizen("Olga", "Dobbel", old.bekkedal, serial=700)
        everything_about(old, twin, old.bekkedal, "Tvillingord")
        end(twin)
        Citizen.objects.filter(pk=twin.pk).update(merged_into=old.olga, merged_at=MONDAY)
        Merge.objects.create(wrong=twin, right=old.olga, merged_at=MONDAY)
        hand_over(old.olga)
        retention.remove_due(actor=NIGHT, at=MONDAY)

        connection.check_constraints()
        assert rows([old.olga.pk, twin.pk]) == {}

    @pytest.mark.parametrize(
        "why", ["visit", "case", "therapy", "team", "help again", "younger", "no archive", "hold", "hold all"]
    )
    def test_stays_while_something_is_wanting(self, old: Cast, why: str) -> None:
        if why != "no archive":
            hand_over(old.olga)
            assert due() == 1
        if why == "visit":
            Visit.objects.filter(citizen=old.olga).update(on=MONDAY_DATE)
        elif why == "case":
            Case.objects.filter(citizen=old.olga).update(closed_on=MONDAY_DATE)
        elif why == "therapy":
            TherapyCase.objects.filter(citizen=old.olga).update(closed_on=MONDAY_DATE)
        elif why == "team":
            Following.objects.filter(citizen=old.olga).update(valid_to=None)
        elif why == "help again":
            EndOfHelp.objects.update(taken_back_at=MONDAY)
        elif why == "younger":
            EndOfHelp.objects.update(ends_on=F("ends_on") + timedelta(days=2 * 366))
        elif why == "hold":
            actions.place_hold(actor=NIGHT, about=_scope(old.olga.pk), reason="Tilsyn", at=MONDAY)
        elif why == "hold all":
            actions.place_hold(actor=NIGHT, kind="RECORDS", reason="Tilsyn", at=MONDAY)
        there = rows([old.olga.pk])

        assert due() == 0
        retention.remove_due(actor=NIGHT, at=MONDAY)
        assert rows([old.olga.pk]) == there and not Removal.objects.filter(kind="RECORDS").exists()
        if why == "hold":
            actions.lift_hold(actor=NIGHT, about=_scope(old.olga.pk), at=MONDAY)
            assert due() == 1 and Hold.objects.get().lifted_at == MONDAY

    def test_a_hold_of_a_former_registration_holds_her(self, old: Cast) -> None:
        twin = builders.citizen("Olga", "Dobbel", old.bekkedal, serial=700)
        Citizen.objects.filter(pk=twin.pk).update(merged_into=old.olga, merged_at=MONDAY)
        hand_over(old.olga)
        actions.place_hold(actor=NIGHT, about=_scope(twin.pk), reason="Tilsyn", at=MONDAY)

        assert due() == 0

    def test_the_rule_of_the_municipality_counts_from_its_day(self, old: Cast) -> None:
        hand_over(old.olga)
        tomorrow = MONDAY_DATE + timedelta(days=1)
        actions.decide_retention(
            actor=NIGHT, kind=RECORDS, length=30, valid_from=tomorrow, basis="Arkivplanen", at=MONDAY
        )

        assert due() == 1, "not begun"
        assert retention.count_due(RECORDS, at=MONDAY + timedelta(days=1)) == 0


def _scope(citizen_id: int) -> Scope:
    return Scope(("",), citizen_id)


class TestTablesThatOnlyGrow:
    def test_a_letter_leaves_only_with_its_citizen(self, old: Cast) -> None:
        for doing in (
            lambda: SentLetter.objects.filter(citizen=old.olga).delete(),
            lambda: SentLetter.objects.filter(citizen=old.olga).update(title="x"),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                doing()
        Removal.objects.create(at=MONDAY, kind="RECORDS", citizen_id=old.arne.pk, length=10, basis="x")
        with pytest.raises(DatabaseError), transaction.atomic():
            SentLetter.objects.filter(citizen=old.olga).delete()
        with pytest.raises(DatabaseError), transaction.atomic():
            SentLetter.objects.filter(citizen=old.arne).update(title="x")
        assert SentLetter.objects.count() == 2 and not HandedOver.objects.exists()
