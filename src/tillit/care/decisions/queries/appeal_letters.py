"""What an appeal's letters say, and who may dismiss one."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from tillit.care.decisions.models import Appeal, Origin
from tillit.care.decisions.queries.facts import disqualified_in
from tillit.care.decisions.queries.letter_fields import (
    LetterDraft,
    draft,
    law_of,
    letter_head,
    letter_signer,
    procedure_of,
)
from tillit.care.decisions.rules import appeal_words
from tillit.care.decisions.rules.appeals import AppealState
from tillit.care.decisions.rules.deadlines import appeal_last_day
from tillit.care.decisions.rules.letter_words import WORDS
from tillit.care.letters.rendering import Value
from tillit.care.letters.rules import Language, LetterKind, Signer
from tillit.foundation.access.actor import Actor
from tillit.foundation.authority.queries import (
    Answer,
    Asked,
    may_decide_many,
)
from tillit.foundation.workforce.models import Employee
from tillit.kernel import red_days


@dataclass(frozen=True, slots=True)
class DismissalAuthority:
    """Whether somebody may dismiss an appeal: she may decide every service that the decision was about."""

    answers: tuple[Answer, ...]

    @property
    def may(self) -> bool:
        """Yes for every service, and there is one."""
        return bool(self.answers) and all(answer.may for answer in self.answers)

    @property
    def authority_id(self) -> int | None:
        """The first line that it rests on, for the first service."""
        return self.answers[0].authority_id if self.may else None


def dismissal_authority(appeal: Appeal, *, actor: Actor, on: date) -> DismissalAuthority:
    """Ask, on a day, whether the actor may dismiss an appeal. Nothing is given by it, so no limit on extent matters.

    Whoever took the appeal in has prepared it, where four eyes are wanted. The system never decides.
    """
    case = appeal.decision.case
    services = list(appeal.decision.lines.order_by("rank", "pk").values_list("service_id", flat=True).distinct())
    services = list(dict.fromkeys(services))
    if not services:
        return DismissalAuthority(())
    asked_as = Actor(user_id=None, name=actor.name) if actor.is_system else actor
    answers = may_decide_many(
        actor=asked_as,
        asked=[Asked(service_id, Decimal(0), 0) for service_id in services],
        unit_id=case.unit_id,
        on=on,
        prepared_by_id=appeal.registered_by_id,
        disqualified_ids=disqualified_in(case.citizen_id, on=on),
    )
    return DismissalAuthority(tuple(answers))


def receipt(appeal: Appeal, *, actor: Actor, answer_by: date, on: date) -> LetterDraft:
    """Return the letter that says that the appeal has come."""
    language = Language(appeal.decision.case.language)
    fields: dict[str, Value] = {
        "received_on": appeal.received_on,
        "decision_on": appeal.decision.decided_on,
        "appeal_body": WORDS[language]["appeal_body"],
        "answer_by": answer_by,
        "stay_outcome": _stay(appeal, language),
    }
    if appeal.missing and appeal.complete_by and appeal.state == AppealState.INCOMPLETE:
        fields["documents"] = [appeal_words.what_is_missing(appeal.missing, appeal.complete_by, language)]
    return _composed(LetterKind.APPEAL_RECEIPT, appeal, fields, ("APPEAL_CONTENT", "APPEAL_HANDLING"), actor, on)


def forwarding(appeal: Appeal, *, actor: Actor, reply_by: date, on: date) -> LetterDraft:
    """Return the letter that says that the appeal goes on to the county governor, with our statement."""
    language = Language(appeal.decision.case.language)
    new = appeal.new_decision
    fields: dict[str, Value] = {
        "received_on": appeal.received_on,
        "decision_on": appeal.decision.decided_on,
        "forwarded_on": on,
        "considerations": appeal.review,
        "legal_references": _services_law(appeal, on, language),
        "appeal_body": WORDS[language]["appeal_body"],
        "what_stands": appeal_words.what_stands(partly=appeal.state == AppealState.PARTLY_CHANGED, language=language),
        "reply_by": reply_by,
        "documents": appeal_words.documents(
            received_on=appeal.received_on,
            decided_on=appeal.decision.decided_on,
            number=appeal.decision.case.number,
            new_on=new.decided_on if new else None,
            language=language,
        ),
        "stay_outcome": _stay(appeal, language),
    }
    topics = ("APPEAL_HANDLING", "APPEAL_BODY", "PARTY_ACCESS")
    return _composed(LetterKind.APPEAL_FORWARDED, appeal, fields, topics, actor, on)


def dismissal(appeal: Appeal, *, actor: Actor, on: date) -> LetterDraft:
    """Return the letter that says that the appeal is dismissed. It is a decision, and can be appealed itself."""
    language = Language(appeal.decision.case.language)
    topic = "LATE_APPEAL" if appeal.dismissed_for == "LATE" else "APPEAL_CONTENT"
    if appeal.dismissed_for == "NOT_ENTITLED":
        topic = "APPEAL_RIGHT"
    fields: dict[str, Value] = {
        "received_on": appeal.received_on,
        "decision_on": appeal.decision.decided_on,
        "considerations": appeal.late_reason,
        "legal_references": procedure_of(topic, on=on, language=language),
        "appeal_body": WORDS[language]["appeal_body"],
        "appeal_last_day": appeal_last_day(on, is_red=red_days.is_red),
    }
    topics = ("APPEAL_RIGHT", "APPEAL_DEADLINE", "PARTY_ACCESS")
    return _composed(LetterKind.APPEAL_DISMISSED, appeal, fields, topics, actor, on)


def _composed(
    kind: LetterKind, appeal: Appeal, fields: dict[str, Value], topics: tuple[str, ...], actor: Actor, on: date
) -> LetterDraft:
    case = appeal.decision.case
    language = Language(case.language)
    fields["procedure_references"] = procedure_of(*topics, on=on, language=language)
    head = letter_head(case, on=on, signers=_signers(actor, language))
    if appeal.applicant is not None and appeal.origin in (Origin.REPRESENTATIVE, Origin.GUARDIAN):
        head = replace(head, copies_to=(*head.copies_to, appeal.applicant.name))
    return draft(kind, fields, language=language, head=head, on=on)


def _signers(actor: Actor, language: Language) -> tuple[Signer, ...]:
    employee = Employee.objects.filter(pk=actor.employee_id).first() if actor.employee_id is not None else None
    return () if employee is None else (letter_signer(employee, None, language),)


def _stay(appeal: Appeal, language: Language) -> str:
    return appeal_words.stay_outcome(
        asked=appeal.stay_asked_on is not None,
        granted=appeal.stay_granted,
        reasons=appeal.stay_reasons,
        language=language,
    )


def _services_law(appeal: Appeal, on: date, language: Language) -> list[str]:
    lines = appeal.decision.lines.select_related("service").order_by("rank", "pk")
    return law_of(lines, on=on, language=language)
