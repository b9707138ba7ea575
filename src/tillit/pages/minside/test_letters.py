"""Letters on Min side: hers to open, a daughter's with that part, and nobody else's (R06, R18)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import builders_appeals
from tests.builders_consents import let_in, own_login
from tests.builders_letters import letter, sent_letter
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.care.citizens.models import Citizen
from tillit.care.consents.models import ConsentPart
from tillit.care.consents.rules import Basis, Part
from tillit.care.decisions.models import Case, Decision, Notice, NoticeWay, Origin
from tillit.care.letters.models import SentLetter
from tillit.care.letters.rules import LetterKind
from tillit.foundation.access.models import AccessEntry, User

pytestmark = pytest.mark.usefixtures("on_monday")


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _kept(cast: Cast, *, citizen: Citizen | None = None, kind: str = "DECISION_GRANTED", of: str = "x") -> SentLetter:
    return SentLetter.objects.create(
        citizen=citizen or cast.olga, kind=kind, language="nb", case_reference=of, title=f"Brev {kind}", content={},
        html="<article class='ti-letter'><h2>Du får hjelp</h2></article>", pdf=b"%PDF-kept", sha256="0" * 64,
        ways=["DIGITAL"], made_at=MONDAY, sent_at=MONDAY - timedelta(days=1),
    )  # fmt: skip


def _told(cast: Cast, way: NoticeWay | None = NoticeWay.DIGITAL) -> Decision:
    """A decision with its letter, told in a way; None: it is decided, and waits to be sent."""
    decision = builders_appeals.decision(cast, known_on=None)
    decision.letter = _kept(cast, of=decision.case.number)
    decision.save()
    if way is not None:
        _tell(decision, way)
    return decision


def _tell(decision: Decision, way: NoticeWay) -> None:
    Notice.objects.create(
        decision=decision, way=way, sent_on=MONDAY_DATE, reached_on=MONDAY_DATE + timedelta(days=3), told_at=MONDAY
    )


def _paths(citizen: Citizen, found: SentLetter | None) -> tuple[str, str]:
    assert found is not None
    return f"/min-side/{citizen.pk}/brev/{found.pk}/", f"/min-side/{citizen.pk}/brev/{found.pk}.pdf"


def _answers(client: Client, citizen: Citizen, found: SentLetter | None) -> list[int]:
    return [client.get(path).status_code for path in _paths(citizen, found)]


class TestHers:
    def test_she_opens_the_letter_from_the_decision_and_both_readings_are_logged_R18(self, cast: Cast) -> None:
        kept = _told(cast).letter
        user = own_login(cast.olga)
        client = _client(user)
        page, pdf = _paths(cast.olga, kept)

        listed = client.get(f"/min-side/{cast.olga.pk}/vedtak/").content.decode()
        shown, handed = client.get(page), client.get(pdf)

        assert page in listed
        assert "<h2>Du får hjelp</h2>" in shown.content.decode()
        assert pdf in shown.content.decode()
        assert (handed.content, handed["Content-Type"]) == (b"%PDF-kept", "application/pdf")
        assert kept is not None and f'filename="brev-{kept.pk}.pdf"' in handed["Content-Disposition"]
        doors = AccessEntry.objects.filter(user=user, citizen_id=cast.olga.pk).values_list("door", flat=True)
        assert {"minside:letter", "minside:letter_pdf"} <= set(doors)

    def test_a_real_letter_is_shown_as_it_was_kept(self, cast: Cast) -> None:
        kept = sent_letter(cast.marit.actor, cast.olga, content=letter())

        shown = _client(own_login(cast.olga)).get(_paths(cast.olga, kept)[0]).content.decode()

        assert kept.html in shown

    def test_a_letter_with_markup_typed_in_it_is_words(self, cast: Cast) -> None:
        typed = letter(LetterKind.DECISION_GRANTED)
        kept = sent_letter(cast.marit.actor, cast.olga, content=replace(typed, title="<script>alert(1)</script>"))

        shown = _client(own_login(cast.olga)).get(_paths(cast.olga, kept)[0]).content.decode()

        assert "<script>alert" not in shown
        assert "&lt;script&gt;alert" in shown

    def test_a_letter_is_not_hers_before_it_is_sent_and_follows_what_was_said_R18(self, cast: Cast) -> None:
        waiting, said = _told(cast, None), _told(cast, NoticeWay.ORALLY)
        client = _client(own_login(cast.olga))

        text = client.get(f"/min-side/{cast.olga.pk}/vedtak/").content.decode()

        assert f"Sak {waiting.case.number}" not in text
        assert f"Sak {said.case.number}" in text
        assert "Les brevet" not in text
        assert "Brev DECISION_GRANTED" not in text  # nor among the other letters
        for one in (waiting, said):
            assert _answers(client, cast.olga, one.letter) == [404, 404]
            _tell(one, NoticeWay.POST)
            assert _answers(client, cast.olga, one.letter) == [200, 200]

    def test_the_reasons_she_asked_for_stand_beside_the_letter(self, cast: Cast) -> None:
        decision = _told(cast)
        reasons = _kept(cast, of=decision.case.number)
        Decision.objects.filter(pk=decision.pk).update(reasons_letter=reasons)
        client = _client(own_login(cast.olga))

        text = client.get(f"/min-side/{cast.olga.pk}/vedtak/").content.decode()

        assert text.index("Les brevet") < text.index("Les begrunnelsen du ba om")
        assert _answers(client, cast.olga, reasons) == [200, 200]

    def test_a_letter_from_a_registration_that_was_merged_follows_her(self, cast: Cast) -> None:
        kept = _kept(cast, citizen=cast.arne)
        Citizen.objects.filter(pk=cast.arne.pk).update(merged_into=cast.olga, merged_at=MONDAY)

        assert _answers(_client(own_login(cast.olga)), cast.olga, kept) == [200, 200]

    def test_asks_as_much_for_many_letters_as_for_one(self, cast: Cast) -> None:
        client, place = _client(own_login(cast.olga)), f"/min-side/{cast.olga.pk}/vedtak/"
        _told(cast)
        _kept(cast, kind="RECEIPT")
        few = _queries(client, place)
        for _more in range(3):
            _told(cast)
            _kept(cast, kind="RECEIPT")

        assert _queries(client, place) == few


class TestOthers:
    @pytest.mark.parametrize(
        ("parts", "basis", "decision", "receipt"),
        [
            ((Part.VISITS, Part.GOALS, Part.MESSAGES), Basis.CONSENT, 404, 404),
            ((Part.DECISIONS,), Basis.CONSENT, 200, 404),
            ((Part.DECISIONS,), Basis.GUARDIAN, 200, 200),
        ],
    )
    def test_a_daughter_opens_what_settles_something_and_who_stands_for_her_all_R18(
        self, cast: Cast, parts: tuple[Part, ...], basis: Basis, decision: int, receipt: int
    ) -> None:
        settles, receives = _told(cast).letter, _kept(cast, kind="RECEIPT")
        client = _client(let_in(cast.olga, *parts, basis=basis)[0])

        assert _answers(client, cast.olga, settles) == [decision] * 2
        assert _answers(client, cast.olga, receives) == [receipt] * 2
        listed = client.get(f"/min-side/{cast.olga.pk}/vedtak/").content.decode()
        assert ("Les brevet" in listed, "Brev RECEIPT" in listed) == (decision == 200, receipt == 200)

    def test_a_part_taken_back_closes_the_letter_too_R18(self, cast: Cast) -> None:
        kept = _told(cast).letter
        user, consent = let_in(cast.olga, Part.DECISIONS, Part.VISITS)
        assert _answers(_client(user), cast.olga, kept) == [200, 200]

        ConsentPart.objects.filter(consent=consent, part=Part.DECISIONS).update(ended_at=MONDAY)

        assert _answers(_client(user), cast.olga, kept) == [404, 404]

    def test_with_a_hidden_address_only_she_opens_her_letters_R18(self, cast: Cast) -> None:
        kept = _told(cast).letter
        Citizen.objects.filter(pk=cast.olga.pk).update(is_secret_address=True)
        daughter = _client(let_in(cast.olga, *Part)[0])

        assert _answers(daughter, cast.olga, kept) == [404, 404]
        assert "Les brevet" not in daughter.get(f"/min-side/{cast.olga.pk}/vedtak/").content.decode()
        assert _answers(_client(own_login(cast.olga)), cast.olga, kept) == [200, 200]

    def test_another_citizens_letter_is_as_one_that_does_not_exist_R18(self, cast: Cast) -> None:
        kept = _told(cast).letter
        client = _client(own_login(cast.arne))
        path = _paths(cast.arne, kept)[0]
        nobodys = f"/min-side/{cast.arne.pk}/brev/987654/"

        there, nothing = client.get(path), client.get(nobodys)

        assert (there.status_code, nothing.status_code) == (404, 404)
        assert there.content.decode().replace(path, "") == nothing.content.decode().replace(nobodys, "")

    def test_a_letter_to_a_carer_is_the_carers_R18(self, cast: Cast) -> None:
        decision = _told(cast)
        Case.objects.filter(pk=decision.case_id).update(origin=Origin.CARER)
        client = _client(own_login(cast.olga))

        assert _answers(client, cast.olga, decision.letter) == [404, 404]
        assert "Les brevet" not in client.get(f"/min-side/{cast.olga.pk}/vedtak/").content.decode()

    def test_an_employee_has_her_own_door_to_letters_R18(self, cast: Cast, client_of: Callable[..., Client]) -> None:
        kept = _told(cast).letter

        assert _answers(client_of(cast.ingrid), cast.olga, kept) == [403, 403]


def _queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)
