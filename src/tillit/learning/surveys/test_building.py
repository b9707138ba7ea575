"""Own instruments, stored: who may build, what is frozen and by whom, asked like the shipped ones, two at once."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.builders_surveys import an_own_instrument, answered, closed, people
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.keeping.retention import Due
from tillit.foundation.organisation.models import Unit
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile, NotAllowed, NotFound
from tillit.learning.surveys import actions, facts, queries
from tillit.learning.surveys.models import Campaign, OwnInstrument
from tillit.learning.surveys.retention import SURVEYS
from tillit.learning.surveys.rules.instruments import Item, Text, fingerprint

pytestmark = pytest.mark.django_db


def in_use(cast: Cast, unit: Unit | None = None) -> OwnInstrument:
    """An own instrument that can be asked."""
    row = an_own_instrument(unit or cast.bekkedal)
    return actions.put_in_use(actor=cast.marit.actor, own_id=row.pk, edition=1, at=MONDAY)


def asked(cast: Cast, row: OwnInstrument, *units: Unit) -> Campaign:
    return actions.ask_survey(
        actor=cast.marit.actor, instrument=row.code, version=row.version,
        unit_ids=[unit.pk for unit in units or (cast.bekkedal,)], title="Morgenrapporten",
        closes_on=MONDAY_DATE + timedelta(days=14), at=MONDAY,
    )  # fmt: skip


class TestWhoBuilds:
    def test_those_who_may_ask_the_unit_and_nobody_else_R39(self, cast: Cast) -> None:
        head = {"name": Text("Morgenen"), "about": Text("Korte ned"), "for_whom": "TEAM", "at": MONDAY}
        made = actions.make_instrument(actor=cast.marit.actor, unit_id=cast.bekkedal.pk, **head)  # type: ignore[arg-type]
        assert made.code == f"own{made.pk}"
        assert AuditEntry.objects.get().action == "surveys.build_survey"
        with pytest.raises(NotAllowed):
            actions.make_instrument(actor=cast.ingrid.actor, unit_id=cast.bekkedal.pk, **head)  # type: ignore[arg-type]
        with pytest.raises(NotFound):
            actions.make_instrument(actor=cast.marit.actor, unit_id=cast.fjelldal.pk, **head)  # type: ignore[arg-type]
        for refused in (cast.ingrid.actor, cast.frida.actor):
            with pytest.raises(NotFound):
                queries.get_own(actor=refused, own_id=made.pk)

    def test_the_second_of_two_is_told_and_nothing_is_overwritten(self, cast: Cast) -> None:
        row = an_own_instrument(cast.bekkedal)
        said = {"actor": cast.marit.actor, "own_id": row.pk, "edition": 1, "at": MONDAY}
        actions.move_question(**said, code="Q1", by=1)  # type: ignore[arg-type]
        with pytest.raises(ChangedMeanwhile):
            actions.put_question(**said, item=Item("", Text("Ny."), "AGREE"))  # type: ignore[arg-type]


class TestInUse:
    def test_is_never_changed_by_anybody_and_the_next_version_is_a_copy_R39(self, cast: Cast) -> None:
        row = in_use(cast)
        assert row.fingerprint == fingerprint(queries.instrument_of(row))
        said = {"actor": cast.marit.actor, "own_id": row.pk, "edition": None, "at": MONDAY}
        for change in (
            lambda: actions.put_question(**said, item=Item("", Text("Ny."), "AGREE")),  # type: ignore[arg-type]
            lambda: actions.remove_question(**said, code="Q1"),  # type: ignore[arg-type]
            lambda: actions.put_in_use(**said),  # type: ignore[arg-type]
            lambda: actions.discard_instrument(**said),  # type: ignore[arg-type]
        ):
            with pytest.raises(actions.InUse):
                change()
        copy = actions.copy_instrument(**said)  # type: ignore[arg-type]
        assert (copy.code, copy.version, copy.in_use_at, copy.asked) == (row.code, 2, None, row.asked)
        with pytest.raises(ActionRefused):
            actions.copy_instrument(**said)  # type: ignore[arg-type]
        assert [one.pk for one in queries.may_ask_with(actor=cast.marit.actor)] == [row.pk]
        newer = actions.put_in_use(actor=cast.marit.actor, own_id=copy.pk, edition=1, at=MONDAY)
        assert [one.pk for one in queries.may_ask_with(actor=cast.marit.actor)] == [newer.pk]
        assert newer.fingerprint != row.fingerprint

    def test_the_database_refuses_it_too_until_no_survey_is_left_R39(self, cast: Cast) -> None:
        people(cast.bekkedal, 3, family="Berg")
        row = in_use(cast)
        rows = OwnInstrument.objects.filter(pk=row.pk)
        campaign = asked(cast, row)
        for change in (lambda: rows.update(asked={}), lambda: rows.update(in_use_at=None, fingerprint=""), rows.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
        draft = an_own_instrument(cast.bekkedal)
        assert OwnInstrument.objects.filter(pk=draft.pk).update(edition=2) == 1
        campaign.delete()
        assert rows.delete()[0] == 1

    def test_something_to_mend_is_told_and_keeps_it_a_draft_R39(self, cast: Cast) -> None:
        row = an_own_instrument(cast.bekkedal)
        said = {"actor": cast.marit.actor, "own_id": row.pk, "edition": None, "at": MONDAY}
        with pytest.raises(ActionRefused, match="Hva var det som manglet"):
            actions.remove_question(**said, code="Q2")  # type: ignore[arg-type]
        for _time in range(2):
            actions.move_question(**said, code="Q2", by=1)  # type: ignore[arg-type]
        with pytest.raises(actions.NotReady) as refused:
            actions.put_in_use(**said)  # type: ignore[arg-type]
        assert [one.what.value for one in refused.value.found] == ["ROUTE_BACK"]
        row.refresh_from_db()
        assert row.in_use_at is None
        with pytest.raises(NotFound):
            asked(cast, row)


class TestAsking:
    def test_it_is_answered_counted_and_kept_as_the_shipped_ones_are_R40(self, cast: Cast) -> None:
        everybody = [*people(cast.bekkedal, 4, family="Berg"), cast.ingrid.employee, cast.amir.employee]
        row = in_use(cast)
        with pytest.raises(ActionRefused, match="Team Bekkedal"):
            asked(cast, row, cast.bekkedal, cast.solvik)
        campaign = asked(cast, row)
        assert campaign.fingerprint == row.fingerprint
        answered(
            campaign, everybody,
            [{"Q1": str(step), "Q2": str(6 - step), "Q3": "Nøklene"} for step in (1, 2, 3, 4, 5, 5)],
        )  # fmt: skip
        closed(campaign)
        given = [one for group in queries.answers_of([campaign.groups.get().pk]).values() for one in group]
        assert [sorted(one) for one in given] == [["Q1", "Q2"]] * 6  # six are too few for what they wrote
        means = facts.means(instrument=row.code).to_dicts()
        # by hand: turned, the second is as the first: (1 + 2 + 3 + 4 + 5 + 5) / 6 = 3,33
        assert [(one["code"], round(one["mean"], 2), one["n"]) for one in means] == [("T1", 3.33, "5–9")]

    def test_it_goes_when_the_last_survey_that_asked_it_is_old(self, cast: Cast) -> None:
        people(cast.bekkedal, 3, family="Berg")
        old, unasked = in_use(cast), an_own_instrument(cast.bekkedal, MONDAY + timedelta(days=1))
        first = closed(asked(cast, old), at=MONDAY)
        assert SURVEYS.count(Due(MONDAY - timedelta(days=1), MONDAY)) == 0
        second = asked(cast, old)
        due = Due(MONDAY + timedelta(hours=1), MONDAY)
        assert SURVEYS.count(due) == 2  # the first campaign with its group; the questions are asked by the second
        closed(second, at=MONDAY)
        assert SURVEYS.count(due) == 5
        assert first.pk != second.pk and unasked.pk


class TestPages:
    def test_from_a_name_to_an_open_survey_without_script_R39(self, cast: Cast, client: Client) -> None:
        people(cast.bekkedal, 3, family="Berg")
        client.force_login(cast.marit.user)
        made = client.post(
            "/undersokelser/egne/nytt/",
            {"name": "Morgenen", "about": "Korte ned rapporten", "for_whom": "TEAM", "unit": cast.bekkedal.pk},
        )
        row = OwnInstrument.objects.get()
        page = f"/undersokelser/egne/{row.pk}/"
        assert made["Location"] == page
        empty = client.post(
            f"{page}sporsmal/", {"edition": "1", "text": "", "scale": "AGREE", "text_nn": "Rommet er roleg"}
        )
        assert empty.status_code == 422 and "Rommet er roleg" in empty.content.decode()
        more = client.post(
            f"{page}sporsmal/", {"edition": "1", "text": "Fikk du rapport?", "scale": "YES_NO", "more": "1"}
        )
        assert more["Location"] == f"{page}sporsmal/"
        second = {"edition": "2", "text": "Rommet er rolig.", "scale": "AGREE", "new_theme": "Ro", "only_if": ["Q1:1"]}
        assert client.post(f"{page}sporsmal/", second)["Location"] == page
        late = client.post(f"{page}sporsmal/", {**second, "text": "Skrevet samtidig"})
        assert late.status_code == 409 and "Skrevet samtidig" in late.content.decode()
        shown = client.get(page).content.decode()
        assert "Vises bare hvis svaret på 1 er «Ja»" in shown and "færre enn 3 spørsmål" in shown
        client.post(f"{page}rekkefolge/", {"edition": "3", "press": "up-Q2"})
        assert "som kommer senere. Flytt det ned." in client.get(page).content.decode()
        assert client.post(f"{page}bruk/", {"edition": "4"}).status_code == 409
        client.post(f"{page}rekkefolge/", {"edition": "4", "press": "down-Q2"})
        tried = client.post(f"{page}prov/", {"at": "Q1", "Q1": "1", "go": "next"}).content.decode()
        assert "Rommet er rolig." in tried and "Spørsmål 2 av 2" in tried
        assert "Ingenting er sendt" in client.post(f"{page}prov/", {"go": "send"}).content.decode()
        assert client.post(f"{page}bruk/", {"edition": "5"}).status_code == 302
        assert f'value="{row.code}-1" ' in client.get(f"/undersokelser/ny/?sporsmal={row.code}-1").content.decode()
        launch = client.post(
            "/undersokelser/ny/",
            {"instrument": f"{row.code}-1", "units": cast.bekkedal.pk,
             "closes_on": (clock.now() + timedelta(days=3)).strftime("%d.%m.%Y")},
        )  # fmt: skip
        assert launch.status_code == 302 and Campaign.objects.get().instrument == row.code

    def test_the_lists_ask_the_same_with_one_and_with_five(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.marit.user)

        def asks(address: str) -> int:
            client.get(address)
            with CaptureQueriesContext(connection) as found:
                assert client.get(address).status_code == 200
            return len(found)

        first = in_use(cast)
        addresses = ("/undersokelser/egne/", "/undersokelser/ny/", f"/undersokelser/egne/{first.pk}/")
        few = [asks(address) for address in addresses]
        for _number in range(4):
            in_use(cast, cast.solvik)
        assert [asks(address) for address in addresses] == few
        assert "Laget for flere team" not in client.get(addresses[0]).content.decode()
        shared = an_own_instrument(cast.south)
        OwnInstrument.objects.filter(pk=shared.pk).update(in_use_at=MONDAY, fingerprint="f")
        page = client.get(addresses[0]).content.decode()
        assert "Laget for flere team" in page and f"?sporsmal={shared.code}-1" in page
