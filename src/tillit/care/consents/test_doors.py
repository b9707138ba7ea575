"""Who is let in, to what, and what everybody else is told (R18)."""

from datetime import timedelta
from typing import Any

import pytest

from tests.builders_consents import actor_at, let_in, own_login
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY, Cast
from tillit.care.citizens.models import Citizen
from tillit.care.citizens.permissions import READ_CITIZEN
from tillit.care.citizens.queries import get_citizen, reachable
from tillit.care.consents import actions
from tillit.care.consents.models import Consent, ConsentPart, PrivateAccount
from tillit.care.consents.permissions import ALL_HERS, SEE_DECISIONS, SEE_GOALS, SEE_VISITS
from tillit.care.consents.queries import consents_of, open_door
from tillit.care.consents.rules import Basis, Part
from tillit.foundation.access import grounds, reading
from tillit.foundation.access.actor import Scope
from tillit.foundation.access.grounds import Ground
from tillit.foundation.access.models import AccessEntry, AuditEntry
from tillit.foundation.access.permissions import all_permissions, holds, holds_anywhere
from tillit.kernel.errors import NotAllowed, NotFound


class TestWhoIsLetIn:
    def test_a_citizen_reaches_herself_and_nobody_else_R18(self, cast: Cast) -> None:
        olga = actor_at(own_login(cast.olga))

        assert open_door(actor=olga, citizen_id=cast.olga.pk, permission=SEE_GOALS, at=MONDAY).citizen == cast.olga
        with pytest.raises(NotFound):
            open_door(actor=olga, citizen_id=cast.arne.pk, permission=SEE_GOALS, at=MONDAY)

    def test_a_relative_reaches_the_parts_she_is_given_and_no_others_R18(self, cast: Cast) -> None:
        user, _consent = let_in(cast.olga, Part.VISITS)
        berit = actor_at(user)

        assert open_door(actor=berit, citizen_id=cast.olga.pk, permission=SEE_VISITS, at=MONDAY).is_own is False
        for citizen_id, permission in ((cast.olga.pk, SEE_GOALS), (cast.arne.pk, SEE_VISITS), (987654, SEE_VISITS)):
            with pytest.raises(NotFound) as refused:
                open_door(actor=berit, citizen_id=citizen_id, permission=permission, at=MONDAY)
            assert refused.value.text == "Fant ikke siden."

    def test_what_one_gives_does_not_open_what_another_gives_R18(self, cast: Cast) -> None:
        user, _of_olga = let_in(cast.olga, Part.VISITS)
        let_in(cast.arne, Part.DECISIONS)
        berit = actor_at(user)

        open_door(actor=berit, citizen_id=cast.arne.pk, permission=SEE_DECISIONS, at=MONDAY)
        with pytest.raises(NotFound):
            open_door(actor=berit, citizen_id=cast.arne.pk, permission=SEE_VISITS, at=MONDAY)

    def test_she_holds_nothing_that_employees_hold_and_employees_nothing_of_hers_R18(self, cast: Cast) -> None:
        olga, scope = actor_at(own_login(cast.olga)), Scope((cast.bekkedal.path, ""), cast.olga.pk)
        hers = {one.code for one in ALL_HERS}

        held = {one.code for one in all_permissions() if holds(olga, one, scope) or holds_anywhere(olga, one)}
        assert held == hers
        assert not any(holds(cast.marit.actor, one, scope) for one in ALL_HERS)
        assert not reachable(olga, on=MONDAY_DATE).exists()
        with pytest.raises(NotFound):
            get_citizen(actor=olga, citizen_id=cast.olga.pk, at=MONDAY)
        with pytest.raises(NotFound):
            open_door(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, permission=SEE_GOALS, at=MONDAY)
        assert not holds(olga, READ_CITIZEN, scope)

    def test_the_log_says_why_R18(self, cast: Cast) -> None:
        user, consent = let_in(cast.olga, Part.VISITS)
        berit = actor_at(user)

        with reading.door("minside:day", actor=berit):
            open_door(actor=berit, citizen_id=cast.olga.pk, permission=SEE_VISITS, at=MONDAY)

        entry = AccessEntry.objects.get(user=user)
        assert (entry.ground, entry.ground_subject, entry.roles) == ("CONSENT", f"consent:{consent.pk}", "RELATIVE")
        assert (
            grounds.reasons_for(actor_at(own_login(cast.arne)), [cast.arne.pk], at=MONDAY)[cast.arne.pk].ground
            == Ground.OWN
        )

    def test_who_asks_about_an_employee_asks_for_no_login_of_hers(
        self, cast: Cast, django_assert_max_num_queries: Any
    ) -> None:
        with django_assert_max_num_queries(3) as asked:  # roles, shifts, what opens and bars
            assert not actor_at(cast.ingrid.user).is_private
        assert not any("consents_" in one["sql"] for one in asked.captured_queries)


class TestRecordConsent:
    def test_the_nurse_records_and_ends_it_and_others_may_not_R18(self, cast: Cast) -> None:
        user = a_login(cast)
        known: dict[str, Any] = {"citizen_id": cast.olga.pk, "account_id": user, "relation": "Datter", "basis": Basis.CONSENT,
                 "basis_words": "Sagt i samtale i dag.", "parts": [Part.VISITS, Part.GOALS], "at": MONDAY}  # fmt: skip
        with pytest.raises(NotAllowed):
            actions.record_consent(actor=cast.amir.actor, **known)
        with pytest.raises(NotFound):
            actions.record_consent(actor=cast.frida.actor, **known)

        made = actions.record_consent(actor=cast.ingrid.actor, **known)

        entry = AuditEntry.objects.get(subject=str(made))
        assert entry.change["parts"] == ["VISITS", "GOALS"]
        assert [line.parts for line in consents_of(cast.olga.pk, at=MONDAY)] == [(Part.VISITS, Part.GOALS)]
        with pytest.raises(actions.GivenAlready):
            actions.record_consent(actor=cast.ingrid.actor, **known)
        actions.end_consent(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, consent_id=made.pk, at=TUESDAY)
        assert consents_of(cast.olga.pk, at=TUESDAY) == []
        actions.record_consent(actor=cast.ingrid.actor, **known | {"at": TUESDAY})

    @pytest.mark.parametrize(
        "wrong",
        [
            {"relation": " "},
            {"basis": "NONE"},
            {"basis_words": ""},
            {"parts": []},
            {"parts": [Part.CANCEL]},
            {"valid_from": MONDAY_DATE - timedelta(days=1)},
            {"valid_to": MONDAY_DATE},
        ],
    )
    def test_refuses_what_a_consent_cannot_be_without_R18(self, cast: Cast, wrong: dict[str, Any]) -> None:
        whole: dict[str, Any] = {"citizen_id": cast.olga.pk, "account_id": a_login(cast), "relation": "Datter",
                 "basis": Basis.CONSENT, "basis_words": "Sagt.", "parts": [Part.VISITS], "at": MONDAY}  # fmt: skip
        with pytest.raises(actions.ConsentIncomplete):
            actions.record_consent(actor=cast.ingrid.actor, **whole | wrong)
        assert not Consent.objects.exists()

    def test_an_employees_login_is_never_a_private_one_R18(self, cast: Cast) -> None:
        with pytest.raises(actions.NotAnEmployees):
            actions.open_private_account(
                actor=cast.ingrid.actor, citizen_id=cast.olga.pk, username=cast.amir.user.username, name="Amir",
                is_own=False, at=MONDAY,
            )  # fmt: skip
        assert not PrivateAccount.objects.exists()


class TestEndOwnPart:
    def test_the_citizen_takes_back_a_part_and_it_closes_at_once_R18(self, cast: Cast) -> None:
        user, consent = let_in(cast.olga, Part.VISITS, Part.GOALS)
        olga = actor_at(own_login(cast.olga))

        actions.end_own_part(actor=olga, citizen_id=cast.olga.pk, consent_id=consent.pk, part=Part.GOALS, at=MONDAY)

        codes = {code for one in actor_at(user).let_in for code in one.opens}
        assert SEE_VISITS.code in codes
        assert SEE_GOALS.code not in codes
        assert ConsentPart.objects.get(part="GOALS").ended_by_id == olga.user_id

    def test_the_last_part_ends_the_consent_and_the_login_opens_nothing_R18(self, cast: Cast) -> None:
        user, consent = let_in(cast.olga, Part.VISITS)
        berit = actor_at(user)

        actions.end_own_part(actor=berit, citizen_id=cast.olga.pk, consent_id=consent.pk, part=None, at=MONDAY)

        left = actor_at(user)
        assert (left.is_private, left.let_in, left.grants) == (True, (), ())
        consent.refresh_from_db()
        assert consent.valid_to == MONDAY_DATE

    def test_a_relative_ends_nobody_elses_and_a_guardians_mandate_is_not_ended_here_R18(self, cast: Cast) -> None:
        _berit, hers = let_in(cast.olga, Part.VISITS)
        son, _own = let_in(cast.olga, Part.VISITS, name="Jon Hansen")
        _guardian, mandate = let_in(cast.olga, Part.DECISIONS, name="Eva Verge", basis=Basis.GUARDIAN)

        with pytest.raises(NotFound):
            actions.end_own_part(actor=actor_at(son), citizen_id=cast.olga.pk, consent_id=hers.pk, part=None, at=MONDAY)
        with pytest.raises(actions.NotHersToEnd):
            actions.end_own_part(
                actor=actor_at(own_login(cast.olga)), citizen_id=cast.olga.pk, consent_id=mandate.pk, part=None,
                at=MONDAY,
            )  # fmt: skip
        assert ConsentPart.objects.filter(ended_at__isnull=True).count() == 3


def a_login(cast: Cast) -> int:
    """A daughter's login, that nobody lets in yet."""
    return actions.open_private_account(
        actor=cast.ingrid.actor, citizen_id=cast.olga.pk, username="berit", name="Berit Hansen", is_own=False,
        at=MONDAY,
    ).pk  # fmt: skip


def test_a_merged_registration_opens_nothing_until_the_merge_is_undone_R18(cast: Cast) -> None:
    user, _consent = let_in(cast.arne, Part.VISITS)
    own = own_login(cast.arne)
    Citizen.objects.filter(pk=cast.arne.pk).update(merged_into=cast.olga, merged_at=MONDAY)

    assert (actor_at(user).let_in, actor_at(own).let_in) == ((), ())

    Citizen.objects.filter(pk=cast.arne.pk).update(merged_into=None, merged_at=None)
    assert len(actor_at(user).let_in) == len(actor_at(own).let_in) == 1


def test_with_a_death_every_door_closes_R18(cast: Cast) -> None:
    user, own = let_in(cast.arne, Part.VISITS)[0], own_login(cast.arne)
    Citizen.objects.filter(pk=cast.arne.pk).update(died_on=MONDAY_DATE)

    assert (actor_at(user).let_in, actor_at(own).let_in) == ((), ())
