"""To decide: authority through every door, all that stops it, and what one press does (R06, R19)."""

import ast
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from tests import builders, builders_authority
from tests import builders_decisions as made
from tests.builders_decisions import Office
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY, TUESDAY_DATE, Cast
from tillit.care.decisions.actions.deciding import change_reasons, decide_case, send_back
from tillit.care.decisions.actions.refusals import CaseRefused, StepBlocked
from tillit.care.decisions.actions.splitting import send_to_decider
from tillit.care.decisions.events import DecisionMade
from tillit.care.decisions.models import Case, ChargeRate, Decision, DecisionLine, Holding, Line
from tillit.care.decisions.rules.states import Block, Outcome, State
from tillit.care.letters.models import SentLetter
from tillit.foundation.access.actor import Actor, Grant, system
from tillit.foundation.access.roles import Role
from tillit.kernel import events
from tillit.kernel.errors import ChangedMeanwhile, NotAllowed, NotFound


@pytest.fixture
def office(cast: Cast) -> Office:
    """Bekkedal follows Model 1; the leader of the unit that has a case decides nursing at home up to 35 hours."""
    found = made.office(cast)
    made.follows_model(cast.bekkedal, made.MODEL_1)
    builders_authority.authority(found.services["HOME_NURSING"], Role.TEAM_LEADER, max_extent=35)
    builders_authority.authority(found.services["SAFETY_ALARM"], Role.TEAM_LEADER, unit=found.unit)
    return found


def proposal(cast: Cast, office: Office, *codes: str, outcome: str = "GRANTED") -> Case:
    """A case that waits for the one who decides, proposed by Nora."""
    case = made.received(office.nora.actor, cast.olga, *codes, at=MONDAY)
    made.assessed(office.nora.actor, case, cast.ingrid.employee)
    return made.proposed(office.nora.actor, case, outcome=outcome)


def decide(case: Case, actor: Actor, *, at: datetime = TUESDAY) -> Decision:
    """Press «Fatt vedtaket»."""
    now = Case.objects.get(pk=case.pk)
    return decide_case(actor=actor, case_id=case.pk, edition=now.edition, decided_on=at.date(), at=at)


class TestDecide:
    def test_copies_the_proposal_and_keeps_the_letter_R19(self, cast: Cast, office: Office) -> None:
        heard: list[DecisionMade] = []
        events.listen(DecisionMade, heard.append)
        case = proposal(cast, office)

        decision = decide(case, cast.marit.actor)

        case.refresh_from_db()
        line = decision.lines.get()
        assert (case.state, decision.outcome, decision.decided_on) == (State.DECIDED, Outcome.GRANTED, TUESDAY_DATE)
        assert (decision.decided_by, decision.prepared_by) == (cast.marit.employee, office.nora.employee)
        assert decision.is_individual and decision.by_citizen and not decision.is_frame
        assert line.authority == decision.authority and line.authority.service == office.services["HOME_NURSING"]
        assert (line.extent, line.charge_words, case.lines.get().state) == (Decimal(5), "Gratis", Line.State.DECIDED)
        assert decision.legal_references == [
            "2011-06-24-30 § 3-2 første ledd nr. 6 bokstav a",
            "1999-07-02-63 § 2-1",
        ]
        assert decision.letter is not None and bytes(decision.letter.pdf).startswith(b"%PDF")
        assert decision.letter.title == "Du får hjemmesykepleie"
        assert [event.decision_id for event in heard] == [decision.pk]

    @pytest.mark.parametrize(
        "who",
        ["nurse", "case worker", "leader elsewhere", "administrator", "system", "import", "job with a borrowed name"],
    )
    def test_no_path_decides_without_authority_R06(self, cast: Cast, office: Office, who: str) -> None:
        everything = tuple(Grant(role, "") for role in Role)
        actors = {
            "nurse": cast.ingrid.actor,
            "case worker": office.nora.actor,
            "leader elsewhere": cast.frida.actor,
            "administrator": cast.admin.actor,
            "system": system("nattjobben"),
            "import": Actor(
                user_id=cast.admin.user.pk, name="Import", employee_id=cast.admin.employee.pk, grants=everything
            ),
            "job with a borrowed name": replace(cast.marit.actor, user_id=None, grants=everything),
        }
        case = proposal(cast, office)

        with pytest.raises((StepBlocked, NotAllowed, NotFound)) as refused:
            decide(case, actors[who])

        if isinstance(refused.value, StepBlocked):
            assert refused.value.blocks == (Block.NO_AUTHORITY,)
        assert not Decision.objects.exists() and not SentLetter.objects.exists()
        assert decide(case, cast.marit.actor).lines.count() == 1

    def test_authority_counts_on_the_day_and_no_decision_is_dated_back_R06(self, cast: Cast, office: Office) -> None:
        holding = cast.marit.employee.roles.get(unit=cast.bekkedal)
        case = proposal(cast, office)
        holding.valid_to = TUESDAY_DATE
        holding.save()

        with pytest.raises(StepBlocked) as over:
            decide(case, cast.marit.actor)
        with pytest.raises(CaseRefused):
            decide_case(
                actor=cast.marit.actor, case_id=case.pk, edition=case.edition, decided_on=MONDAY_DATE, at=TUESDAY
            )

        assert over.value.blocks == (Block.NO_AUTHORITY,)
        assert decide(case, cast.marit.actor, at=MONDAY).decided_on == MONDAY_DATE

    def test_more_than_her_limit_is_not_hers_R06(self, cast: Cast, office: Office) -> None:
        case = proposal(cast, office)
        case.lines.update(extent=Decimal("35.5"))
        with pytest.raises(StepBlocked):
            decide(case, cast.marit.actor)

        case.lines.update(extent=Decimal(35))
        assert decide(case, cast.marit.actor)

    def test_whoever_is_disqualified_or_wrote_it_herself_does_not_decide_R06(self, cast: Cast, office: Office) -> None:
        from tillit.care.decisions.models import Disqualification

        case = proposal(cast, office)
        row = office.services["HOME_NURSING"].authorities.get()
        row.four_eyes = True
        row.save()
        Case.objects.filter(pk=case.pk).update(proposed_by=cast.marit.employee)
        with pytest.raises(StepBlocked) as alone:
            decide(case, cast.marit.actor)
        Case.objects.filter(pk=case.pk).update(proposed_by=office.nora.employee)
        relative = Disqualification.objects.create(
            employee=cast.marit.employee, citizen=cast.olga, reason="Niese", valid_from=MONDAY_DATE, recorded_at=MONDAY
        )
        with pytest.raises(StepBlocked) as related:
            decide(case, cast.marit.actor)

        assert (alone.value.blocks, related.value.blocks) == ((Block.FOUR_EYES,), (Block.DISQUALIFIED,))
        relative.delete()
        above = made.member("Dag", "Sund", cast.south, Role.DISTRICT_LEADER)
        relative = Disqualification.objects.create(
            employee=above.employee, citizen=cast.olga, reason="Bror", valid_from=MONDAY_DATE, recorded_at=MONDAY
        )
        with pytest.raises(StepBlocked) as below:
            decide(case, cast.marit.actor)
        assert below.value.blocks == (Block.LEADER_DISQUALIFIED,)
        relative.delete()
        assert decide(case, cast.marit.actor)

    @pytest.mark.parametrize(
        ("broken", "block"),
        [
            ({"evaluate_on": None}, Block.NO_EVALUATION_DATE),
            ({"lines": {"content": ""}}, Block.LINE_UNCLEAR),
            ({"lines": {"extent": None}}, Block.LINE_UNCLEAR),
            ({"lines": {"starts_on": None}}, Block.LINE_UNCLEAR),
            ({"reasons": "", "lines": {"outcome": "PARTLY"}}, Block.NO_REASONS),
            ({"assessment": {"own_view": ""}}, Block.NO_OWN_VIEW),
            ({"fact": True}, Block.FACTS_NOT_SHOWN),
        ],
    )
    def test_what_the_law_wants_stops_it_and_nothing_is_left_behind(
        self, cast: Cast, office: Office, broken: dict[str, object], block: Block
    ) -> None:
        case = proposal(cast, office)
        for name, value in broken.items():
            if name == "lines":
                assert isinstance(value, dict)
                if value.get("extent", 1) is None:
                    office.services["HOME_NURSING"].authorities.update(max_extent=None)
                case.lines.update(**value)
            elif name == "assessment":
                assert isinstance(value, dict)
                case.assessments.update(**value)
            elif name == "fact":
                case.outside_facts.create(source="GP", text="Faller ofte", received_on=MONDAY_DATE, recorded_at=MONDAY)
            else:
                Case.objects.filter(pk=case.pk).update(**{name: value})

        with pytest.raises(StepBlocked) as refused:
            decide(case, cast.marit.actor)

        assert refused.value.blocks == (block,)
        assert not Decision.objects.exists() and Case.objects.get(pk=case.pk).state == State.PROPOSED

    def test_a_letter_that_lacks_something_stops_it_R19(self, cast: Cast, office: Office) -> None:
        case = proposal(cast, office)
        cast.olga.homes.update(street="", postal_code="", place="")

        with pytest.raises(StepBlocked) as refused:
            decide(case, cast.marit.actor)

        assert refused.value.blocks == (Block.LETTER_INCOMPLETE,)
        assert not SentLetter.objects.exists()

    def test_two_who_decide_at_once_are_told(self, cast: Cast, office: Office) -> None:
        case = proposal(cast, office)
        decide(case, cast.marit.actor)
        with pytest.raises(ChangedMeanwhile):
            decide_case(
                actor=cast.marit.actor, case_id=case.pk, edition=case.edition, decided_on=TUESDAY_DATE, at=TUESDAY
            )
        with pytest.raises(StepBlocked) as again:
            decide(case, cast.marit.actor)
        assert again.value.blocks == (Block.NOT_FROM_HERE,)

    def test_the_database_keeps_no_decision_without_authority_R06(self, cast: Cast, office: Office) -> None:
        decision = decide(proposal(cast, office), cast.marit.actor)
        for row in (decision, decision.lines.get()):
            with pytest.raises(IntegrityError), transaction.atomic():
                type(row).objects.filter(pk=row.pk).update(authority=None)

    def test_only_one_place_in_the_house_makes_decisions_R06(self) -> None:
        makers = set()
        for path in Path("src/tillit").rglob("*.py"):
            if path.name.startswith("test_") or "migrations" in path.parts:
                continue
            text = path.read_text()
            for node in ast.walk(ast.parse(text)) if "Decision" in text else ():
                if isinstance(node, ast.Call) and _makes_a_decision(node.func):
                    makers.add(path.as_posix())
        assert makers == {"src/tillit/care/decisions/actions/deciding.py"}


def _makes_a_decision(called: ast.expr) -> bool:
    text = ast.unparse(called)
    return text in {"Decision", "DecisionLine"} or text.startswith(
        ("Decision.objects.create", "Decision.objects.bulk", "DecisionLine.objects.create", "DecisionLine.objects.bulk")
    )


class TestWhatOthersDecide:
    def test_travels_on_in_the_same_press_with_its_own_number_R06(self, cast: Cast, office: Office) -> None:
        mine = case = proposal(cast, office)
        Line.objects.create(
            case=mine, service=office.services["SAFETY_ALARM"], outcome="GRANTED", content="En alarm.", extent=1,
            starts_on=TUESDAY_DATE, is_asked_for=False, rank=1,
        )  # fmt: skip

        decision = decide(mine, cast.marit.actor)

        part = Case.objects.get(split_from=mine)
        offer = Holding.objects.get(case=part)
        assert [line.service.code for line in decision.lines.all()] == ["HOME_NURSING"]
        assert [line.service.code for line in part.lines.all()] == ["SAFETY_ALARM"]
        assert (part.state, part.received_on, part.number != mine.number) == (State.PROPOSED, case.received_on, True)
        assert (offer.unit, offer.from_unit, offer.answer) == (office.unit, cast.bekkedal, "")
        assert decision.letter is not None
        assert "Dette avgjør Tjenestekontoret. Du får et eget brev om det." in decision.letter.html

        alarm = decide(part, office.leader.actor)

        offer.refresh_from_db()
        part.refresh_from_db()
        assert (alarm.decided_by, part.unit, offer.answer) == (office.leader.employee, office.unit, "YES")

    def test_is_handed_on_in_one_press_when_none_of_it_is_hers_R06(self, cast: Cast, office: Office) -> None:
        case = proposal(cast, office)
        with pytest.raises(CaseRefused):
            send_to_decider(actor=cast.marit.actor, case_id=case.pk, edition=case.edition, at=TUESDAY)
        office.services["HOME_NURSING"].authorities.update(unit=office.unit)

        offer = send_to_decider(actor=cast.marit.actor, case_id=case.pk, edition=case.edition, at=TUESDAY)

        assert offer.unit == office.unit

    def test_what_she_offered_and_decides_after_all_is_no_longer_offered(self, cast: Cast, office: Office) -> None:
        case = proposal(cast, office)
        row = office.services["HOME_NURSING"].authorities.get()
        row.unit = office.unit
        row.save()
        offer = send_to_decider(actor=cast.marit.actor, case_id=case.pk, edition=case.edition, at=TUESDAY)
        row.unit = None
        row.save()

        decide(case, cast.marit.actor)

        offer.refresh_from_db()
        case.refresh_from_db()
        assert (offer.answer, case.unit) == ("TAKEN_BACK", cast.bekkedal)


class TestWhatItReplaces:
    def test_stops_the_day_the_new_begins(self, cast: Cast, office: Office) -> None:
        case = proposal(cast, office)
        first = decide(case, cast.marit.actor)
        Case.objects.filter(pk=case.pk).update(state=State.PROPOSED, state_on=TUESDAY_DATE)
        starts_on = TUESDAY_DATE + timedelta(days=30)
        Line.objects.create(
            case=case, service=office.services["HOME_NURSING"], outcome="GRANTED", content="Mer.", extent=8,
            starts_on=starts_on,
        )  # fmt: skip

        second = decide(case, cast.marit.actor)

        old, new = DecisionLine.objects.order_by("pk")
        assert (second.supersedes, new.was, old.stopped_on, new.stopped_on) == (first, old, starts_on, None)

    def test_stands_when_more_was_refused(self, cast: Cast, office: Office) -> None:
        case = proposal(cast, office)
        decide(case, cast.marit.actor)
        Case.objects.filter(pk=case.pk).update(state=State.PROPOSED)
        Line.objects.create(
            case=case, service=office.services["HOME_NURSING"], outcome="REFUSED", reasons="Ikke nødvendig."
        )

        decide(case, cast.marit.actor)

        assert DecisionLine.objects.order_by("pk")[0].stopped_on is None


class TestTheTwoWeekRule:
    @pytest.mark.parametrize(("days", "individual"), [(14, False), (15, True)])
    def test_makes_it_an_enkeltvedtak(self, cast: Cast, office: Office, days: int, individual: bool) -> None:
        case = proposal(cast, office)
        case.lines.update(starts_on=TUESDAY_DATE, ends_on=TUESDAY_DATE + timedelta(days=days - 1))
        assert decide(case, cast.marit.actor).is_individual is individual


class TestCharge:
    def test_is_the_rate_of_the_day_the_help_begins(self, cast: Cast, office: Office) -> None:
        service = office.services["PRACTICAL_ASSISTANCE"]
        builders_authority.authority(service)
        for words, first in (
            ("Inntil 230 kroner i måneden.", builders.LONG_AGO),
            ("Inntil 241 kroner.", date(2027, 1, 1)),
        ):
            ChargeRate.objects.create(service=service, words=words, valid_from=first)
        ChargeRate.objects.filter(valid_from=builders.LONG_AGO).update(valid_to=date(2027, 1, 1))
        case = proposal(cast, office, "PRACTICAL_ASSISTANCE")
        case.lines.update(starts_on=date(2027, 1, 4))

        decision = decide(case, cast.marit.actor)

        assert decision.lines.get().charge_words == "Inntil 241 kroner."
        assert decision.letter is not None and "Inntil 241 kroner." in decision.letter.html


class TestBeforeItIsDecided:
    def test_is_sent_back_with_a_line_and_can_be_bettered(self, cast: Cast, office: Office) -> None:
        case = proposal(cast, office)
        changed = change_reasons(
            actor=cast.marit.actor, case_id=case.pk, edition=case.edition, reasons="Bedre ord.",
            how_view_weighed="Slik.", at=TUESDAY,
        )  # fmt: skip
        with pytest.raises(CaseRefused):
            send_back(actor=cast.marit.actor, case_id=case.pk, edition=changed.edition, why=" ", at=TUESDAY)

        sent = send_back(actor=cast.marit.actor, case_id=case.pk, edition=changed.edition, why="Hvor ofte?", at=TUESDAY)

        assert (sent.state, sent.reasons, sent.notes.get().text) == (State.ASSESSMENT, "Bedre ord.", "Hvor ofte?")
