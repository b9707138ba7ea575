"""Every kind of letter, from a real case: nothing that the law wants is missing, in bokmål and nynorsk (R19)."""

from decimal import Decimal

import pytest

from tests import builders_authority, builders_plan
from tests import builders_decisions as made
from tests.builders_decisions import Office
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY_DATE, Cast
from tillit.care.decisions.actions.deciding import decide_case
from tillit.care.decisions.models import AdvanceNotice, Case, DecisionLine, Line
from tillit.care.decisions.queries.authority import ask_authority
from tillit.care.decisions.queries.decision_letters import decision_letter
from tillit.care.decisions.queries.letter_fields import MISSING
from tillit.care.decisions.queries.other_letters import advance_letter, interim_letter
from tillit.care.letters.rules import LetterKind, texts_of
from tillit.foundation.access.roles import Role


@pytest.fixture
def office(cast: Cast) -> Office:
    """Marit decides everything at home."""
    found = made.office(cast)
    made.follows_model(cast.bekkedal, made.MODEL_1)
    cast.municipality.phone = "55 50 01 00"
    cast.municipality.save()
    builders_plan.words(cast.olga)
    for code in ("HOME_NURSING", "PRACTICAL_ASSISTANCE", "TT_TRANSPORT"):
        builders_authority.authority(found.services[code], Role.TEAM_LEADER)
    return found


def second(case: Case, office: Office, outcome: str, **more: object) -> None:
    """Add practical help to a proposal."""
    Line.objects.create(
        case=case, service=office.services["PRACTICAL_ASSISTANCE"], outcome=outcome, content="Rengjøring.",
        extent=Decimal(2), starts_on=TUESDAY_DATE, reasons="Du klarer det meste selv.", rank=1, **more,
    )  # fmt: skip


class TestEveryDecision:
    @pytest.mark.parametrize("language", ["nb", "nn"])
    @pytest.mark.parametrize(
        ("first", "other", "kind"),
        [
            ("GRANTED", "", LetterKind.DECISION_GRANTED),
            ("PARTLY", "", LetterKind.DECISION_PARTLY),
            ("GRANTED", "REFUSED", LetterKind.DECISION_PARTLY),
            ("REFUSED", "", LetterKind.DECISION_REFUSED),
            ("DISMISSED", "", LetterKind.DISMISSED),
            ("REFUSED", "DISMISSED", LetterKind.DECISION_REFUSED),
            ("REDUCED", "", LetterKind.DECISION_REDUCED),
            ("ENDED", "", LetterKind.DECISION_ENDED),
            ("REDUCED", "GRANTED", LetterKind.DECISION_REDUCED),
        ],
    )
    def test_has_no_gaps(
        self, cast: Cast, office: Office, first: str, other: str, kind: LetterKind, language: str
    ) -> None:
        case = made.received(office.nora.actor, cast.olga)
        made.assessed(office.nora.actor, case, cast.ingrid.employee)
        case = made.proposed(office.nora.actor, case)
        was = _had(cast, case) if first in ("REDUCED", "ENDED") else None
        case.lines.filter(state="OPEN").update(outcome=first, was=was, reasons="Behovet er et annet nå.")
        if other:
            second(case, office, other)
        if was is not None:
            AdvanceNotice.objects.create(
                case=case, sent_on=MONDAY_DATE, reply_by=TUESDAY_DATE, replied_on=TUESDAY_DATE, reply="Greit.",
                sent_at=MONDAY,
            )  # fmt: skip
        case.language = language
        case.by_citizen = was is None

        letter = decision_letter(
            case=case,
            answers=ask_authority(actor=cast.marit.actor, case=case, on=TUESDAY_DATE).mine,
            employee=cast.marit.employee,
            on=TUESDAY_DATE,
        )

        assert (letter.content.kind, letter.content.language, letter.stops) == (kind, language, 0)
        text = " ".join(text for section in letter.content.sections for text in texts_of(section))
        assert MISSING not in text and "None" not in text
        assert any(signer.name == "Marit Aune" for signer in letter.content.head.signers)

    def test_says_what_a_service_without_a_section_rests_on(self, cast: Cast, office: Office) -> None:
        case = made.received(office.nora.actor, cast.olga)
        made.assessed(office.nora.actor, case, cast.ingrid.employee)
        case = made.proposed(office.nora.actor, case)
        case.lines.update(service=office.services["TT_TRANSPORT"])
        asking = ask_authority(actor=cast.marit.actor, case=case, on=TUESDAY_DATE)
        letter = decision_letter(case=case, answers=asking.mine, employee=cast.marit.employee, on=TUESDAY_DATE)
        text = " ".join(text for section in letter.content.sections for text in texts_of(section))
        assert letter.stops == 0 and "kommunens egne regler for TT-kort" in text


class TestLettersOnTheWay:
    @pytest.mark.parametrize("language", ["nb", "nn"])
    def test_have_no_gaps(self, cast: Cast, office: Office, language: str) -> None:
        case = made.received(office.nora.actor, cast.olga)
        made.assessed(office.nora.actor, case, cast.ingrid.employee)
        case = made.proposed(office.nora.actor, case, outcome="REFUSED")
        case.language = language
        interim = interim_letter(case=case, reason="Vi venter på sykehuset.", expected_on=TUESDAY_DATE, on=MONDAY_DATE)
        Line.objects.filter(case=case).update(outcome="ENDED")
        advance = advance_letter(case=case, considered="Hjelpen slutter.", on=MONDAY_DATE)
        assert (interim.gaps, advance.gaps) == ((), ())
        assert [one.content.head.signers[0].name for one in (interim, advance)] == ["Nora Bakke"] * 2


def _had(cast: Cast, case: Case) -> DecisionLine:
    """Decide the proposal, and open the same line again."""
    decision = decide_case(
        actor=cast.marit.actor, case_id=case.pk, edition=case.edition, decided_on=MONDAY_DATE, at=MONDAY
    )
    case.lines.update(state="OPEN")
    case.refresh_from_db()
    return decision.lines.get()
