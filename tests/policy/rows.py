"""One of everything an address can name, about one citizen and where she lies: stored as it would stand."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import count
from typing import Any

from tests import (
    builders,
    builders_circle,
    builders_insight,
    builders_letters,
    builders_plan,
    builders_surveys,
    builders_therapy,
)
from tests import builders_responsibility as organised
from tests.builders_appeals import decision as a_decision
from tests.builders_consents import let_in, own_login
from tests.builders_observations import a_watch
from tests.builders_visits import follow_up
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY_DATE, Cast
from tillit.care.careplans.models import Goal
from tillit.care.citizens.models import Citizen, CompetenceQuestion, EmergencyAccess, Handover, Move, Whereabouts
from tillit.care.consents.rules import Part
from tillit.care.decisions.models import Appeal, Assessment, Case, Decision, Holding, OutsideFact
from tillit.care.journal.models import Entry, Note, Request
from tillit.care.letters.models import SentLetter
from tillit.care.letters.rules import LetterContent
from tillit.care.letters.rules.content import write
from tillit.care.needs.models import Conversation, ConversationTemplate
from tillit.care.notices.models import Notice
from tillit.care.photos.models import Photo
from tillit.care.therapy.models import JointVisit
from tillit.care.visits.models import Visit, VisitReport
from tillit.exchange.files.models import ImportRun
from tillit.exchange.person.models import Handout
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee, Profession
from tillit.learning.improvement.models import Benefit, LogEntry, Pilot, PilotTeam
from tillit.learning.insight.models import TimeMark
from tillit.learning.insight.rules.indicators import Step
from tillit.learning.insight.rules.own import Recipe, Way
from tillit.teamwork.deviations.models import Deviation
from tillit.teamwork.planning.models import DayLists, Proposal, ProposedChange, WeeksProposal, WhatIf

_number = count(1)


def one_of_everything(
    cast: Cast, citizen: Citizen, unit: Unit, word: str, *, template: ConversationTemplate, visit_on: date
) -> dict[str, int]:
    """Store one of each about a citizen and in the unit that has her. `word` stands in every text."""
    return {
        "citizen": citizen.pk,
        "unit": unit.pk,
        "shown_unit": unit.pk,
        **_care(cast, citizen, unit, word, template, visit_on),
        **_casework(cast, citizen, unit, word),
        **_between(cast, citizen, unit, word),
        **_in_the_unit(cast, citizen, unit),
    }


def _care(
    cast: Cast, citizen: Citizen, unit: Unit, word: str, template: ConversationTemplate, visit_on: date
) -> dict[str, int]:
    told_by = cast.frida.employee
    builders_plan.words(citizen, f"{word} vil ut.")
    plan = builders_plan.plan(citizen)
    goal = builders_plan.goal(plan, f"{word} går tur")
    builders_plan.intervention(plan, f"{word} stell", serves=goal)
    draft = builders_plan.plan(citizen, in_use_from=None)
    drafted = builders_plan.goal(draft, f"{word} går lenger")
    visit = builders_plan.visit(citizen, unit, told_by, on=visit_on, task=f"{word} stell")
    talk = Conversation.objects.create(
        citizen=citizen, template=template, held_on=MONDAY_DATE, short_words=word, started_by=told_by,
        started_at=MONDAY, saved_by=told_by, saved_at=MONDAY,
    )  # fmt: skip
    entry = _journal(citizen, visit, word)
    return {
        "entry": entry.pk,
        "journal_request": Request.objects.create(
            entry=entry, kind="DELETE", words=f"{word} vil ha det slettet.", asked_by_name=word, asked_at=MONDAY
        ).pk,
        "note": Note.objects.create(
            citizen=citizen,
            author=told_by,
            happened_at=MONDAY,
            text=f"{word} ringte.",
            written_at=MONDAY,
            saved_at=MONDAY,
        ).pk,
        "plan": plan.pk,
        "goal": goal.pk,
        "need": builders_plan.need(draft, f"{word} er tung.").pk,
        "drafted_goal": drafted.pk,
        "intervention": builders_plan.intervention(draft, f"{word} hjelp", serves=drafted).pk,
        "visit": visit.pk,
        "listed_visit": visit.pk,
        **_own_page(citizen, goal, word),
        "own_visit": visit.pk,
        "follow_up": follow_up(citizen, told_by, None, MONDAY, words=f"{word} er bedre.").pk,
        "watch": a_watch(citizen, word).pk,
        "photo": Photo.objects.create(
            citizen=citizen,
            of="WOUND",
            words=word,
            content=b"JPEG",
            digest="0" * 64,
            width=1,
            height=1,
            taken_at=MONDAY,
        ).pk,
        "deviation": Deviation.objects.create(
            unit=unit,
            kind="FALL",
            about="CITIZEN",
            citizen=citizen,
            words="Falt i trappa.",
            reported_by=told_by,
            reported_at=MONDAY,
        ).pk,
        **_pilot(unit, told_by),
        "conversation": talk.pk,
        **_therapy(cast, citizen, unit, visit, word),
        "course": builders_circle.course(citizen, words=f"{word} vil gå selv.").pk,
        "whereabouts": Whereabouts.objects.create(
            citizen=citizen, kind="HOSPITAL", place=word, from_at=MONDAY - timedelta(days=1)
        ).pk,
    }


def _pilot(unit: Unit, told_by: Employee) -> dict[str, int]:
    """A pilot of the unit, with the unit in it and a line in its log. About a team: no citizen's word is in it."""
    pilot = Pilot.objects.create(unit=unit, name=f"Pilot i {unit.name}", tries="Noe nytt", made_at=MONDAY)
    team = PilotTeam.objects.create(pilot=pilot, unit=unit, variant="MODEL_1", joined_on=MONDAY_DATE)
    entry = LogEntry.objects.create(
        pilot=pilot, kind="LEARNED", words="Noe lært", happened_on=MONDAY_DATE, written_by=told_by, written_at=MONDAY
    )
    benefit = Benefit.objects.create(pilot=pilot, goal="CITIZENS", kind="QUALITY", words="Færre å forholde seg til")
    return {"pilot": pilot.pk, "pilot_team": team.pk, "pilot_entry": entry.pk, "pilot_benefit": benefit.pk}


def _own_page(citizen: Citizen, goal: Goal, word: str) -> dict[str, int]:
    """Her own page: a login of hers, a daughter who sees who comes and the goals, and what she is asked."""
    own_login(citizen)
    _daughter, consent = let_in(citizen, Part.VISITS, Part.GOALS, name=f"Datter {word}")
    return {
        "own_page": citizen.pk,
        "consent": consent.pk,
        "own_consent": consent.pk,
        "asked": builders_circle.asked(goal).pk,
    }


def _therapy(cast: Cast, citizen: Citizen, unit: Unit, visit: Visit, word: str) -> dict[str, int]:
    if not cast.frida.employee.roles.filter(role=Role.THERAPIST).exists():
        builders.role(cast.frida.employee, Role.THERAPIST, cast.fjelldal)  # she is here: her cases are hers alone
    case = builders_therapy.taken(cast, citizen, cast.frida, builders_therapy.group(unit), words=f"{word} vil dusje.")
    joint = JointVisit.objects.create(
        case=case, visit=visit, why=f"{word} øver", asked_at=MONDAY, agreed_at=MONDAY,
        was_earliest_at=visit.earliest_at, was_latest_at=visit.latest_at,
    )  # fmt: skip
    return {"therapy_case": case.pk, "joint_visit": joint.pk, "therapy_group": case.group_id}


def _journal(citizen: Citizen, visit: Visit, word: str) -> Entry:
    report = VisitReport.objects.create(visit=visit, outcome="DIFFERENT", note=f"{word} sov godt.", reported_at=MONDAY)
    return Entry.objects.create(
        kind="REPORT", row_id=report.pk, citizen=citizen, author_name=word, happened_at=MONDAY, signed_at=MONDAY
    )


def _casework(cast: Cast, citizen: Citizen, unit: Unit, word: str) -> dict[str, int]:
    decision = a_decision(cast, citizen=citizen, unit=unit)
    case = decision.case
    Case.objects.filter(pk=case.pk).update(words=f"{word} trenger hjelp.")
    appeal = Appeal.objects.create(
        decision=decision, state="RECEIVED", origin="CITIZEN", channel="PAPER", posted_on=MONDAY_DATE,
        received_on=MONDAY_DATE, words=f"{word} er ikke enig.", registered_at=MONDAY,
    )  # fmt: skip
    letter = SentLetter.objects.create(
        citizen=citizen, kind="DECISION_GRANTED", language="nb", case_reference=case.number, title=word,
        content=_letter(word), html=word, pdf=b"%PDF-" + word.encode(), sha256="0" * 64, ways=["PAPER"],
        made_at=MONDAY, sent_at=MONDAY,
    )  # fmt: skip
    Decision.objects.filter(pk=decision.pk).update(letter=letter, reasons_letter=letter)
    fact = OutsideFact.objects.create(
        case=case, source="HOSPITAL", text=f"{word} falt.", received_on=MONDAY_DATE, recorded_at=MONDAY
    )
    return {
        "case": case.pk,
        "decision": decision.pk,
        "appeal": appeal.pk,
        "letter": letter.pk,
        "own_letter": letter.pk,
        "fact": fact.pk,
        "assessment": Assessment.objects.create(
            case=case, held_on=MONDAY_DATE, summary=f"{word} går.", saved_at=MONDAY
        ).pk,
        "holding": Holding.objects.create(case=case, unit=unit, responsibility="NEW_ASSESS", offered_at=MONDAY).pk,
    }


@cache
def _a_letter() -> LetterContent:
    return builders_letters.letter()


def _letter(word: str) -> dict[str, Any]:
    return write(replace(_a_letter(), title=word))


def _between(cast: Cast, citizen: Citizen, unit: Unit, word: str) -> dict[str, int]:
    other = cast.solvik if unit != cast.solvik else cast.fjelldal
    if unit == cast.fjelldal:
        other = cast.north
    return {
        "handover": Handover.objects.create(
            citizen=citizen, from_unit=unit, to_unit=other, reason="OTHER", words=f"{word} bor alene.",
            from_on=TUESDAY_DATE, offered_at=MONDAY,
        ).pk,
        "move": Move.objects.create(
            citizen=citizen, kind="WITHIN", moves_on=MONDAY_DATE, from_unit=unit, to_unit=other, told_at=MONDAY
        ).pk,
        "question": CompetenceQuestion.objects.create(
            citizen=citizen, asked_for=unit, to_unit=other, words=f"{word} har et sår.",
            answer_by=TUESDAY_DATE + timedelta(days=3), asked_at=MONDAY,
        ).pk,
        "notice": Notice.objects.create(
            citizen=citizen, unit=unit, text=f"{word} venter på svar.", written_at=MONDAY, due_at=MONDAY
        ).pk,
        "emergency": EmergencyAccess.objects.create(
            citizen=citizen, employee=cast.nils.employee, unit=cast.solvik, reason="FOUND", words=f"{word} falt.",
            opened_at=MONDAY - timedelta(hours=9), ends_at=MONDAY - timedelta(hours=5),
        ).pk,
    }  # fmt: skip


def _one_fewer(employee_id: int) -> dict[str, object]:
    return {
        "kind": "REMOVE", "employee": employee_id, "profession": "", "starts": None, "ends": None, "citizens": [],
        "employees": [],
    }  # fmt: skip


def _in_the_unit(cast: Cast, citizen: Citizen, unit: Unit) -> dict[str, int]:
    """One of each thing a unit has; the lists are made once per unit and shared by its citizens."""
    worker = builders.employee("Ansatt", f"I{next(_number)}", Profession.HEALTH_WORKER, unit)
    lists, _made = DayLists.objects.get_or_create(
        unit=unit, on=TUESDAY_DATE, shift_kind="DAY", defaults={"changed_at": MONDAY}
    )
    proposal, _made = Proposal.objects.get_or_create(
        lists=lists, defaults={"state": "READY", "asked_at": MONDAY, "based_on_edition": lists.edition}
    )
    weeks, _made = WeeksProposal.objects.get_or_create(
        unit=unit,
        defaults={
            "first_on": TUESDAY_DATE, "after_on": TUESDAY_DATE + timedelta(days=7), "asked_at": MONDAY,
        },
    )  # fmt: skip
    return {
        "campaign": builders_surveys.a_campaign(unit).pk,
        "gathering": builders_surveys.a_gathering(unit, worker).pk,
        "own_instrument": builders_surveys.an_own_instrument(unit).pk,
        "proposal": proposal.pk,
        "proposed": ProposedChange.objects.create(proposal=proposal, rank=next(_number), kind="MOVE", rows=[]).pk,
        "weeks": weeks.pk,
        "what_if": WhatIf.objects.create(
            unit=unit, on=TUESDAY_DATE, shift_kind="DAY", question=_one_fewer(worker.pk),
            asked_at=MONDAY,
        ).pk,
        "own_figure": builders_insight.own(Recipe("visits", Way.COUNT, Step.WEEK), owner=worker).pk,
        "time_mark": TimeMark.objects.create(
            unit=unit, on=MONDAY_DATE, kind="LEADER", text="Ny leder", added_at=MONDAY
        ).pk,
        "shift": builders.shift(worker, unit, TUESDAY_DATE).pk,
        "absence": builders.absence(worker, TUESDAY_DATE + timedelta(days=3), reported_at=MONDAY).pk,
        "duty": organised.duty(unit, worker).pk,
        "employee": worker.pk,
        "role_held": builders.role(worker, "CARE_WORKER", unit).pk,  # type: ignore[arg-type]
        "import": ImportRun.objects.create(unit=unit, at=MONDAY).pk,
        "handout": Handout.objects.create(
            citizen=citizen, unit_path=unit.path, asker="SELF", why="Bad om innsyn", made_by=cast.frida.user,
            made_at=MONDAY,
        ).pk,
    }  # fmt: skip
