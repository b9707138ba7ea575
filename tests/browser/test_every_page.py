"""Every page with data, at both widths: axe finds nothing, and nothing is wider than the window.

A page is an address that answers GET. Each is in `PAGES`, or in `NOT_HERE` with the reason; a new one that is in
neither fails the first test.
"""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Page

from tests import (
    builders,
    builders_appeals,
    builders_authority,
    builders_circle,
    builders_consents,
    builders_delivery,
    builders_insight,
    builders_journal,
    builders_letters,
    builders_observations,
    builders_pilots,
    builders_plan,
    builders_surveys,
    builders_therapy,
    builders_visits,
)
from tests import builders_decisions as made
from tests import builders_responsibility as organised
from tests.browser.chromium import DESK, PHONE, overflow, violations
from tests.builders_decisions import MODEL_1
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY, TUESDAY_DATE, Cast
from tillit.care.citizens.actions import questions
from tillit.care.citizens.actions.handover import offer_handover
from tillit.care.citizens.models import EndKind, EndOfHelp, Whereabouts, WhereaboutsKind
from tillit.care.consents.rules import Part
from tillit.care.decisions import actions as cases
from tillit.care.decisions.actions.appealing import take_up_appeal
from tillit.care.decisions.models import Appeal, Holding
from tillit.care.decisions.models.assessment import FactSource
from tillit.care.notices.actions import write_notice
from tillit.care.therapy.models import JointVisit
from tillit.exchange.person.models import Handout
from tillit.foundation.access.actor import system
from tillit.foundation.access.roles import Role
from tillit.foundation.authority.models import LegalReference
from tillit.foundation.responsibility.actions import copy_model
from tillit.foundation.workforce.actors import actor_of
from tillit.kernel import clock
from tillit.learning.improvement.models import Benefit
from tillit.learning.insight.rules.indicators import Step
from tillit.learning.insight.rules.own import Recipe, Way
from tillit.teamwork.deviations.models import Deviation

OpenPage = Callable[..., Page]
Ids = dict[str, object]

#: Pages by the name of their address.
PAGES: dict[str, tuple[str, ...]] = {
    "authority": (
        "who", "new-service", "act", "appoint", "end-acting", "new-delegation", "delegation", "add-line",
        "end-delegation", "end-line", "template", "law", "add-basis", "end-basis",
    ),
    "responsibility": (
        "models", "variants", "check", "principles", "edit-principles", "model", "copy-model", "name-variant", "enact",
        "duties", "new-duty", "arrange-duty",
    ),
    "letters": ("templates", "template", "compare"),
    "journal": ("record", "write", "draft", "correct", "wrong_person", "demand", "request", "answer", "waiting", "terms"),
    "decisions": (
        "queue", "new", "case", "received", "assess", "propose", "hand_over", "send_back_offer", "worker", "urgent",
        "choice", "withdraw", "disqualify", "party", "capacity", "add_fact", "fact", "decide", "reassess", "keep", "interim",
        "advance", "reply", "reduce", "appeals", "new_appeal", "appeal_of_citizen", "appeal", "appeal_receipt",
        "forward_appeal", "numbers", "figures", "practice", "new_practice", "new_rate",
    ),
    "observations": ("check", "citizen", "observe", "usual", "watch"),
    "photos": ("add",),
    "deviations": ("list", "numbers", "report", "show"),
    "improvement": ("index", "examples", "power_ahead", "new", "pilot", "change", "add_team", "change_team", "baseline", "write_log", "end", "comparison", "power",
        "benefits", "add_benefit", "benefit", "confirm_benefit"),
    "emergency": ("open", "list"),
    "protection": ("page", "terms"),
    "handover": ("list", "offer", "show"),
    "stays": ("list", "show"),
    "questions": ("list", "ask", "show"),
    "organisation": (
        "index", "unit", "edit-unit", "new-area", "many-areas", "change-area", "end-area", "new-meeting", "choose-model",
    ),
    "workforce": ("shifts", "add-shift", "report-absence", "login-units", "logins", "login", "give-role"),
    "needs": ("conversation", "templates", "template_edit"),
    "careplans": ("plan_edit", "sharing", "adjust"),
    "evaluations": ("due", "citizen", "evaluate", "measure"),
    "courses": ("list", "begin", "course", "week", "end", "terms"),
    "therapy": (
        "mine", "waiting", "referred", "numbers", "groups", "terms", "refer", "case", "write", "give_back", "priority", "close",
        "join",
    ),
    "citizens": (
        "list", "search", "register", "page", "responsible", "whereabouts", "network", "wishes", "alerts", "home",
        "way_in", "following", "facts", "timeline", "over_time", "death", "end_help", "resume_help", "merge_search", "merge",
    ),
    "teamboard": ("board", "everything"),
    "notices": ("list", "write", "write_about", "show"),
    "changeover": ("board",),
    "insight": ("unit", "indicator", "behind", "note", "bring-in", "own", "own-choose", "own-new", "own-change", "counting"),
    "surveys": (
        "list", "ask", "show", "card", "gathering_new", "gathering", "own", "own_new", "own_build", "own_head", "own_question",
        "own_theme", "own_preview",
    ),
    "person": ("citizen", "employee", "mine", "handout"),
    "consents": ("page",),
    "minside": ("page", "goals", "decisions", "letter", "lookups", "write", "cancel", "sharing", "think"),
    "oversight": ("kept", "kept_archive", "kept_kind", "citizen", "mine", "review", "privacy", "privacy_unit", "acts", "acts_table"),
    "files": ("index",),
    "access": ("preferences",),
    "delivery": ("undelivered", "choose", "my-phones", "phones-of-employee"),
    "login": ("security", "new-passkey", "code-app", "rules"),
}  # fmt: skip

#: Where the work with cases happens. On the others the narrow width is enough: what breaks, breaks there.
BOTH_WIDTHS = frozenset(("authority", "responsibility", "letters", "decisions", "handover", "stays", "questions"))

_PDF = "A PDF: what it must be is tested in letters/test_rendering.py and decisions/test_letters_of_cases.py"
_LEADS_ON = "Leads on to a page that is here"
_LISTS = "The day's lists and plans: journeys/test_a_teams_day.py looks at the board"
_VISIT = "A visit on the phone: browser/test_phone.py looks at it"
_FEW = "Shown only after a run or for a moment; its markup is that of the pages beside it"
NOT_HERE: dict[str, str] = {
    "health": "Not for people",
    "photos:picture": "A picture, not a page: care/photos/test_photos.py",
    "delivery:picture": "A picture, not a page: care/photos/test_delivered.py",
    "myday:move": "A visit on the phone: browser/test_at_the_door.py looks at it",
    "surveys:answer": "For those who are asked: browser/test_surveys.py looks at it",
    "surveys:cards": "Of a survey by cards: browser/test_surveys.py looks at it",
    "surveys:paper": "Of a survey by cards: browser/test_surveys.py looks at it",
    "surveys:enter": "Of a survey by cards: browser/test_surveys.py looks at it",
    "surveys:screener": "Of a survey that asks for words: browser/test_surveys.py looks at it",
    "surveys:words": "For the one who is named to read: browser/test_surveys.py looks at it",
    "surveys:meeting": "After it is closed: browser/test_surveys.py looks at it",
    "myday:packet": "Not for people",
    "myday:worker": "Not for people",
    "myday:manifest": "Not for people",
    "myday:shell": "What a phone shows without coverage: browser/test_without_coverage.py looks at it",
    "home:front_door": _LEADS_ON,
    "minside:start": _LEADS_ON,
    "ui:gallery": "The kit's own gallery, in development only",
    "ui:gallery-phone": "The kit's own gallery, in development only",
    "ui:gallery-paper": "The kit's own gallery, in development only",
    "login:log-in": "Before one is signed in: every test passes it",
    "login:invitation": "Before one is signed in: browser/test_area_editor.py looks at it",
    **{
        f"login:{name}": "Between two steps, or in a session of its own: browser/test_login.py looks at it"
        for name in ("second-step", "set-up", "codes", "locked", "pin", "rename-passkey")
    },
    "login:service-back": "A login service sends people here; leads on",
    "delivery:phone": "Asked by a script",
    "workforce:extend-absence": "A form like workforce:report-absence",
    "courses:change": "A form like courses:begin",
    "organisation:join-lists": "A form like organisation:choose-model",
    "letters:pdf": _PDF,
    "letters:sample_pdf": _PDF,
    "minside:letter_pdf": _PDF,
    "decisions:letter_pdf": _PDF,
    "decisions:decision_pdf": _PDF,
    "decisions:reasons_pdf": _PDF,
    "decisions:reasons": "A letter beside a form, as decisions:advance; leads on until somebody asks for reasons",
    "decisions:start": "Leads on to the case, but while an appeal stays the decision: a form like decisions:reassess",
    "needs:read": "What needs:conversation shows, without its form",
    "planning:current": _LEADS_ON,
    "planning:go": _LEADS_ON,
    "insight:start": _LEADS_ON,
    "insight:file": "A file: learning/insight/test_files.py",
    "insight:bring-sheet": "A file: learning/insight/test_brought_always.py",
    "insight:picture": "A picture, not a page: learning/insight/test_files.py",
    "insight:counting-progress": _FEW,
    "planning:go-what-if": _LEADS_ON,
    **{
        f"planning:{name}": _LISTS
        for name in (
            "weeks", "weeks-progress", "counting", "board", "changes", "print", "add-visit", "visit", "strength",
            "what-if", "what-if-progress", "progress",
        )
    },
    "person:texts": "Asked for by table: exchange/person/test_handouts.py; its markup is a list beside a form",
    "person:progress": _FEW,
    **{f"files:{name}": _FEW for name in ("template", "template_sheet", "run", "progress")},
    **{f"myday:{name}": _VISIT for name in ("today", "day", "visit", "change", "follow_up", "hand_over", "mates")},
    "teamboard:wall": "The board without its menus",
    "changeover:current": "Leads on to the shift that is going on",
    "citizens:week": "A part of citizens:page",
    "citizens:move_in": "For one who moves here: a form like citizens:home; decisions/test_moving_in.py opens it",
    "decisions:moved_in": "Leads on to decisions:received",
    "citizens:undo_merge": "browser/test_citizen_facts.py looks at it",
}  # fmt: skip


def _addresses(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for found in patterns:
        if isinstance(found, URLResolver):
            yield from _addresses(found.url_patterns, f"{found.namespace}:" if found.namespace else space)
        elif found.name:
            yield space + found.name, found


def _methods(view: Callable[..., object] | None) -> list[str]:
    """The methods a view takes, as `require_http_methods` keeps them; all, when it says nothing."""
    while view is not None:
        kept = inspect.getclosurevars(view).nonlocals.get("request_method_list")
        if kept is not None:
            return list(kept)
        view = getattr(view, "__wrapped__", None)
    return ["GET", "POST"]


def test_no_page_is_forgotten() -> None:
    answers_get = {name for name, found in _addresses(get_resolver().url_patterns) if "GET" in _methods(found.callback)}
    looked_at = {f"{space}:{name}" for space, names in PAGES.items() for name in names}

    assert looked_at & set(NOT_HERE) == set()
    assert answers_get - looked_at - set(NOT_HERE) == set()  # a new page: put it in PAGES
    assert (looked_at | set(NOT_HERE)) - answers_get == set()  # a page that is no more


@dataclass(frozen=True, slots=True)
class World:
    """Something to show on every page, and what a page is asked for with when it needs another than the first."""

    ids: Ids
    instead: dict[str, Ids]

    def addresses(self, space: str) -> list[str]:
        """The addresses of an app's pages, filled with what stands in the world."""
        known = dict(_addresses(get_resolver().url_patterns))
        return [
            reverse(
                name,
                kwargs={key: (self.ids | self.instead.get(name, {}))[key] for key in known[name].pattern.converters},
            )
            for name in (f"{space}:{one}" for one in PAGES[space])
        ]


@pytest.fixture
def marit(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Marit has every role in the municipality, so that no page is out of her reach; it is Tuesday."""
    monkeypatch.setattr(clock, "now", lambda: TUESDAY)
    for role in Role:
        builders.role(cast.marit.employee, role, cast.municipality)
    client = Client()
    client.force_login(cast.marit.user)
    return client


@pytest.fixture
def world(house: str, cast: Cast, marit: Client) -> World:
    """Cases in each state, an appeal to be sent on, a hand-over, a stay, a question, a delegation, a draft of a model."""
    actor = actor_of(user_id=cast.marit.user.pk, name="Marit Aune", at=MONDAY)
    office = made.office(cast)
    made.follows_model(cast.bekkedal, MODEL_1)
    line = builders_authority.authority(office.services["HOME_NURSING"], Role.TEAM_LEADER, max_extent=35)
    acting = builders_authority.acting_leader(cast.ingrid.employee, cast.bekkedal, MONDAY_DATE, date(2027, 1, 1))
    draft = copy_model(
        actor=system("tests"), version_id=organised.shipped(MONDAY)[0].pk, owner_id=cast.south.pk, name="Vår",
        description="", at=MONDAY,
    )  # fmt: skip
    duty = organised.duty(cast.bekkedal, cast.ingrid.employee)
    area = organised.area(cast.bekkedal, codes=["6770"])
    builders_plan.words(cast.olga)
    goal = builders_plan.goal(builders_plan.plan(cast.olga))
    builders.shift(cast.ingrid.employee, cast.bekkedal, TUESDAY_DATE)

    new = made.received(actor, cast.olga, "HOME_NURSING", "SAFETY_ALARM")
    offer = Holding.objects.filter(case__citizen=cast.olga, answer="").earliest("pk")  # the table sent it on
    begun = made.received(actor, cast.arne)
    assessment = cases.start_assessment(actor=actor, case_id=begun.pk, held_on=MONDAY_DATE, at=MONDAY)
    fact = cases.add_fact(
        actor=actor, case_id=begun.pk, source=FactSource.HOSPITAL, text="Falt på badet.", received_on=MONDAY_DATE,
        at=MONDAY,
    )  # fmt: skip
    proposed = made.proposed(actor, made.assessed(actor, made.received(actor, cast.olga), cast.ingrid.employee))
    decision = builders_appeals.decision(cast)
    appeal = builders_appeals.appeal(cast, decision)
    looked = take_up_appeal(
        actor=actor, appeal_id=builders_appeals.appeal(cast, builders_appeals.decision(cast)).pk, edition=1, at=MONDAY
    )
    Appeal.objects.filter(pk=looked.pk).update(review="Fem timer er nok til stellet.")

    basis = LegalReference.objects.create(
        service=office.services["MEALS"], topic="BASIS", act="", section="kommunestyrets vedtak 12/26 om matombringing",
        words="", rank=100, valid_from=MONDAY_DATE,
    )  # fmt: skip

    handover = offer_handover(
        actor=actor, citizen_id=cast.arne.pk, from_unit_id=cast.bekkedal.pk, to_unit_id=cast.solvik.pk, reason="OTHER",
        words="Bor alene.", from_on=TUESDAY_DATE, part="", at=MONDAY,
    )  # fmt: skip
    stay = Whereabouts.objects.create(citizen=cast.arne, kind=WhereaboutsKind.HOSPITAL, from_at=MONDAY)
    question = questions.ask_competence(
        actor=actor, citizen_id=cast.olga.pk, to_unit_id=cast.solvik.pk, to_employee_id=None, competence="Sårstell",
        words="Hvilken bandasje?", answer_by=TUESDAY_DATE + timedelta(days=3), at=MONDAY,
    )  # fmt: skip
    notice = write_notice(
        actor=actor, unit_id=cast.bekkedal.pk, citizen_id=cast.olga.pk, text="Hvem har nøkkelen?", by="TODAY",
        press_key="", at=MONDAY,
    )  # fmt: skip
    written, refused, open_one = builders_journal.everything(cast, cast.olga, cast.bekkedal)
    draft_note = builders_journal.note(cast.olga, cast.marit, "Datteren ringte.", signed=False)
    handout = Handout.objects.create(
        citizen=cast.olga, unit_path=cast.bekkedal.path, asker="SELF", why="Bad om innsyn i møte",
        made_by=cast.marit.user, made_at=MONDAY, state="REVIEW", keep_until=TUESDAY_DATE,
        counts={"citizens.Alert": [3, 3, 1], "visits.VisitReport": [40, 12, 0]},
    )  # fmt: skip
    met = builders_visits.visit(cast.olga, cast.bekkedal, TUESDAY_DATE, cast.ingrid.employee)
    builders_visits.report(met, cast.amir.employee, TUESDAY, note="Sov da jeg kom.")
    builders_delivery.a_phone(cast.ingrid.user, TUESDAY)
    builders_consents.let_in(cast.olga, *Part)
    therapy = builders_therapy.taken(cast, cast.olga, cast.marit)
    builders_plan.visit(
        cast.olga, cast.bekkedal, cast.ingrid.employee, on=TUESDAY_DATE + timedelta(days=1), part="EVENING"
    )
    JointVisit.objects.create(case=therapy, visit=met, why="Øve på dusj", asked_at=MONDAY, agreed_at=MONDAY)
    builders_therapy.waiting(cast, cast.arne)
    pilot = builders_pilots.a_told_pilot(actor, cast.bekkedal, at=MONDAY, on=MONDAY_DATE)
    builders_insight.figures(cast.bekkedal)
    builders_insight.figures(cast.bekkedal, [0.7, 0.8], code="P-1")
    builders_insight.mark(cast.bekkedal, on=MONDAY_DATE - timedelta(days=30))
    own = builders_insight.own(Recipe("visits", Way.COUNT, Step.WEEK), owner=cast.marit.employee)
    EndOfHelp.objects.create(citizen=cast.per, kind=EndKind.MOVED, ends_on=MONDAY_DATE, ended_at=MONDAY)
    return World(
        {
            "notice_id": notice.pk, "therapy_id": therapy.pk, "group_id": therapy.group_id, "on": TUESDAY_DATE, "shift_kind": "DAY",
            "goal_id": goal.pk, "tool": "COPM", "course_id": builders_circle.course(cast.olga).pk,
            "unit_id": cast.bekkedal.pk, "employee_id": cast.ingrid.employee.pk, "citizen_id": cast.olga.pk,
            "acting_id": acting.pk, "delegation_id": line.delegation_id, "authority_id": line.pk,
            "own_fact": "visits", "own_figure_id": own.pk, "indicator_code": "K-1-28", "code": "OSLO_DESCRIBED", "version_id": draft.pk, "duty_id": duty.pk, "area_id": area.pk,
            "handover_id": handover.pk, "whereabouts_id": stay.pk, "question_id": question.pk, "slug": "avslag", "language": "nb",
            "case_id": new.pk, "holding_id": offer.pk, "assessment_id": assessment.pk, "fact_id": fact.pk,
            "decision_id": decision.pk, "appeal_id": appeal.pk, "service_id": office.services["SAFETY_ALARM"].pk,
            "basis_id": basis.pk, "right_id": cast.arne.pk, "handout_id": handout.pk, "entry_id": written.pk, "note_id": draft_note,
            "undelivered_id": builders_delivery.a_clash(cast.marit.user, met, TUESDAY).pk,
            "visit_id": builders_visits.visit(cast.olga, cast.bekkedal, TUESDAY_DATE + timedelta(days=1), cast.ingrid.employee).pk,
            "letter_id": builders_letters.sent_letter(actor, cast.olga).pk,
            "asked_id": builders_circle.asked(goal, TUESDAY).pk,
            "pilot_id": pilot.pk, "team_id": pilot.teams.get().pk, "benefit_id": Benefit.objects.get(pilot=pilot).pk,
            "campaign_id": builders_surveys.a_campaign(cast.bekkedal).pk,
            "gathering_id": builders_surveys.a_gathering(cast.bekkedal, cast.ingrid.employee).pk,
            "own_id": builders_surveys.an_own_instrument(cast.bekkedal).pk,
            "journal_request_id": refused.pk, "watch_id": builders_observations.a_watch(cast.olga).pk,
            "deviation_id": Deviation.objects.create(
                unit=cast.bekkedal, kind="FALL", about="WORKPLACE", words="Glatt trapp.", reported_by=cast.amir.employee,
                reported_at=MONDAY,
            ).pk,
        },
        {
            "decisions:send_back_offer": {"case_id": offer.case_id}, "decisions:fact": {"case_id": begun.pk}, "decisions:decide": {"case_id": proposed.pk},
            "decisions:propose": {"case_id": proposed.pk}, "decisions:reduce": {"case_id": decision.case_id},
            "decisions:reassess": {"case_id": decision.case_id}, "decisions:keep": {"case_id": decision.case_id},
            "decisions:forward_appeal": {"appeal_id": looked.pk}, "citizens:resume_help": {"citizen_id": cast.per.pk},
            "oversight:kept_kind": {"code": "JOBS"}, "courses:begin": {"citizen_id": cast.arne.pk},
            "journal:request": {"journal_request_id": open_one.pk},
            "insight:behind": {"indicator_code": "P-1", "on": MONDAY_DATE.replace(month=10, day=1)},
        },
    )  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize("space", list(PAGES))
def test_every_page_is_for_everybody(
    space: str, cast: Cast, world: World, marit: Client, house: str, open_page: OpenPage
) -> None:
    page = open_page()
    if space == "minside":
        marit.force_login(builders_consents.own_login(cast.olga))
    page.context.add_cookies([{"name": "sessionid", "value": marit.cookies["sessionid"].value, "url": house}])
    found = []
    for address in world.addresses(space):
        answer = page.goto(house + address)
        if answer is None or answer.status != 200 or page.url != house + address:
            found.append(f"{address}: leads to {page.url}, {answer and answer.status}")
            continue
        for window in (DESK, PHONE) if space in BOTH_WIDTHS else (PHONE,):
            page.set_viewport_size(window)
            found += [f"{address} at {window['width']}: {wrong}" for wrong in violations(page)]
            if wide := overflow(page):
                found.append(f"{address} at {window['width']}: {wide} px too wide")

    assert found == []
