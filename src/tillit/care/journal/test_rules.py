"""Tests of the journal's rules."""

from tillit.care.journal.rules.requests import Condition, RequestKind, may_decide, missing
from tillit.care.journal.rules.signing import may_countersign, wants_countersign
from tillit.care.journal.rules.standing import Written, standing


class TestStanding:
    def test_a_correction_strikes_the_old_and_stands_itself(self) -> None:
        assert standing([Written(1), Written(2, corrects=1), Written(3)]) == {2, 3}

    def test_taking_back_a_correction_lets_the_old_stand_again(self) -> None:
        assert standing([Written(1), Written(2, corrects=1), Written(3, corrects=2, takes_back=True)]) == {1}

    def test_taking_back_the_first_leaves_nothing(self) -> None:
        assert standing([Written(1), Written(2, corrects=1, takes_back=True)]) == frozenset()


class TestCountersigning:
    def test_words_of_the_unauthorised_wait_where_the_municipality_wants_it(self) -> None:
        wanted = ("HOME_HELPER", "OTHER")
        assert wants_countersign("OTHER", has_words=True, wanted_for=wanted)
        assert not wants_countersign("OTHER", has_words=False, wanted_for=wanted)
        assert not wants_countersign("OTHER", has_words=True, wanted_for=())
        assert not wants_countersign("HEALTH_WORKER", has_words=True, wanted_for=(*wanted, "HEALTH_WORKER"))

    def test_nobody_countersigns_her_own(self) -> None:
        assert may_countersign(signer_id=1, author_id=2, signer_profession="NURSE", is_leader=False)
        assert may_countersign(signer_id=1, author_id=2, signer_profession="LEADER", is_leader=True)
        assert not may_countersign(signer_id=1, author_id=2, signer_profession="OTHER", is_leader=False)
        assert not may_countersign(signer_id=1, author_id=1, signer_profession="NURSE", is_leader=True)


class TestRequests:
    def test_everything_must_be_met_before_anything_is_deleted(self) -> None:
        met = ["WRONG_OR_NEEDLESS", "UNOBJECTIONABLE"]
        assert missing(RequestKind.DELETE, met) == (Condition.ARCHIVE_ALLOWS,)
        assert missing(RequestKind.DELETE, [*met, "ARCHIVE_ALLOWS"]) == ()
        assert missing(RequestKind.WRONG_PERSON, ["IS_WRONG"]) != ()

    def test_nobody_decides_what_she_wrote_or_asked_for(self) -> None:
        assert may_decide(decider_id=1, author_ids=[2, None], asked_by_id=3)
        assert not may_decide(decider_id=2, author_ids=[2], asked_by_id=3)
        assert not may_decide(decider_id=3, author_ids=[2], asked_by_id=3)
        assert not may_decide(decider_id=None, author_ids=[2], asked_by_id=None)
