# ruff: noqa: E501 – sentences stay on one line
"""The therapists in Fjordvik: lists for a district, whom Lars and Silje follow, who waits, a visit together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction

from tillit.care.citizens.actions import register_citizen
from tillit.care.citizens.models import Citizen, Following
from tillit.care.citizens.rules import Numbers
from tillit.care.notices.actions import answer_notice
from tillit.care.notices.models import Notice
from tillit.care.therapy import actions
from tillit.care.therapy.actions import Referral
from tillit.care.therapy.models import TherapyCase
from tillit.care.therapy.queries import visits_to_join
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.sources import actor_for
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee
from tillit.kernel import oslo
from tillit.kernel.errors import TillitError

DISTRICT, SOLVIK, LIA, OUTSIDE = "Distrikt Sør", "Team Solvik", "Team Lia", "Vurderingsteamet"
LEADER, LARS, SILJE, INGRID, MALIN, HEGE = (
    "ragnhild.tveitane", "lars.eide", "silje.strand", "ingrid.solheim", "malin.aarvik", "hege.stokkeland",
)  # fmt: skip
OT, PT = "OCCUPATIONAL_THERAPIST", "PHYSIOTHERAPIST"


@dataclass(frozen=True, slots=True)
class _Story:
    """One referral. team, by: where she lives and who writes. ago: days since. taken: days until somebody took it.

    step: the next step, and in how many days. joint: what they do together with the team at its next visit.
    """

    profession: str
    team: str
    by: str
    ago: int
    priority: int
    own_words: str
    reason: str
    source: str = "TEAM"
    from_whom: str = ""
    taken: int | None = None
    said: str = ""
    interim: str = ""
    step: tuple[str, int] | None = None
    closed: int | None = None
    result: tuple[str, str] = ("", "")
    joint: str = ""


_STORIES = (
    _Story(OT, SOLVIK, INGRID, 38, 2, "Jeg vil dusje uten å være redd.", "Redd i dusjen etter fallet. Trenger hjelp til å komme over kanten.",
           taken=9, said="Prøvde dusjkrakk og matte. Sto trygt, men vil ha noe å holde i.", step=("Sette opp håndtak i dusjen", 2),
           joint="Øve på dusj med ny krakk"),
    _Story(OT, LIA, MALIN, 24, 1, "Jeg vil lage middag selv.", "Brant seg på komfyren. Glemmer plata.", "CASE_WORKER", taken=4,
           said="Komfyrvakt er bestilt. Øvde på å bruke kjøkkenklokka.", step=("Se om komfyrvakta virker", -1)),
    _Story(OT, LIA, MALIN, 45, 3, "Jeg vil sitte ute om kvelden.", "Kommer ikke over terskelen med rullator.", "CITIZEN", "Sønnen ringte", taken=20,
           said="Målte terskelen. Rampe er søkt om.", step=("Ringe hjelpemiddelsentralen", 12)),
    _Story(OT, OUTSIDE, HEGE, 16, 2, "Jeg vil klare meg selv hjemme.", "Utskrevet etter hofteoperasjon. Bor alene, har ikke hjemmetjeneste.", "HOSPITAL",
           "Ortopedisk avdeling", taken=6, said="Forhøyet toalettsete og gripetang er på plass."),
    _Story(PT, SOLVIK, INGRID, 30, 2, "Jeg vil gå i trappa til hagen.", "Har blitt svakere i beina etter lungebetennelse.", taken=8,
           said="Trener trapp to ganger i uka. Går fire trinn med ett håndtak.", step=("Ny test av bein og balanse", 4),
           joint="Vise teamet en trygg måte å reise seg på"),
    _Story(PT, LIA, MALIN, 21, 2, "Jeg vil ut til naboen.", "Gått lite siden sommeren. Ustø.", taken=12, said="Laget program med tre øvelser.",
           step=("Gå tur sammen", 0)),
    _Story(OT, SOLVIK, INGRID, 20, 2, "Jeg vil kle på meg selv.", "Kommer ikke ned til sokkene.", interim="Strømpepåtrekker lånt ut fra lageret."),
    _Story(OT, LIA, MALIN, 5, 1, "Jeg vil bo hjemme.", "Falt tre ganger på badet på to uker.", interim="Matte og nattlys er på plass."),
    _Story(OT, SOLVIK, INGRID, 3, 3, "", "Stolen er for lav. Trenger hjelp til å reise seg.", "GP"),
    _Story(OT, LIA, MALIN, 40, 4, "Jeg vil strikke igjen.", "Stive hender om morgenen.", "CITIZEN"),
    _Story(PT, LIA, MALIN, 9, 1, "Jeg vil puste lettere.", "Kommet hjem etter lungebetennelse. Trenger hjelp med slim.", "HOSPITAL", "Medisinsk avdeling"),
    _Story(PT, SOLVIK, INGRID, 11, 3, "Jeg vil gå uten rullator inne.", "Bedre nå enn før jul. Vil prøve krykke."),
    *(
        _Story(profession, team, by, ago, level, words, "Henvist etter brukermøtet.", taken=taken, closed=open_days, result=result)
        for profession, team, by, ago, level, taken, open_days, words, result in (
            (OT, SOLVIK, INGRID, 320, 2, 11, 40, "Jeg vil bake.", ("REACHED", "Baker selv en gang i uka. Har arbeidsstol på kjøkkenet.")),
            (OT, SOLVIK, INGRID, 290, 3, 34, 60, "Jeg vil lese avisa.", ("REACHED", "Leselampe og lupe er på plass.")),
            (OT, LIA, MALIN, 250, 1, 5, 30, "Jeg vil på do alene.", ("PARTLY", "Går alene på dagen. Trenger følge om natta.")),
            (OT, LIA, MALIN, 210, 2, 13, 45, "Jeg vil vaske klær.", ("OTHERS", "Hverdagsrehabiliteringsteamet øver videre.")),
            (PT, SOLVIK, INGRID, 300, 2, 10, 70, "Jeg vil gå tur.", ("REACHED", "Går til kiosken og tilbake med stokk.")),
            (PT, LIA, MALIN, 260, 3, 28, 50, "Jeg vil sove på sida.", ("REACHED", "Fant stilling som ikke gjør vondt.")),
            (PT, LIA, MALIN, 180, 1, 9, 40, "Jeg vil opp av senga.", ("NOT_REACHED", "For svak nå. Teamet bruker seil.")),
        )
    ),
)  # fmt: skip


@transaction.atomic
def share_the_therapists(anchor: date) -> None:
    """Open the lists and write what happened, by the product's own actions. All other rows have been written."""
    district = Unit.objects.filter(name=DISTRICT).order_by("pk").first()
    usernames = (LEADER, LARS, SILJE, INGRID, MALIN, HEGE)
    people = {one.user.username: one for one in Employee.objects.filter(user__username__in=usernames)
              .select_related("user") if one.user}  # fmt: skip
    if district is None or len(people) < len(usernames):
        return  # a town too small for the story

    def acting(who: str, at: datetime) -> Actor:
        employee = people[who]
        assert employee.user_id is not None
        return actor_for(user_id=employee.user_id, name=employee.name, at=at)

    opened = oslo.moment(anchor - timedelta(days=400), time(9))
    lists = {
        profession: actions.open_group(
            actor=acting(LEADER, opened), unit_id=district.pk, profession=profession, at=opened
        ).pk
        for profession in (OT, PT)
    }
    taken: set[int] = set()
    now = oslo.moment(anchor, time(7, 15))
    with reading.watching() as watch:
        for story in sorted(_STORIES, key=lambda one: -one.ago):
            citizen_id = _whom(story, taken, anchor, acting)
            if citizen_id is None:
                continue
            taken.add(citizen_id)
            try:
                with transaction.atomic():
                    _tell(story, citizen_id, lists[story.profession], anchor, acting)
            except TillitError:
                continue  # somebody else has her now: the story is shorter
        _read_the_news(anchor)
    reading.write(watch, actor=acting(INGRID, now), door="demo", at=now)


def _whom(story: _Story, taken: set[int], anchor: date, acting: Callable[[str, datetime], Actor]) -> int | None:
    """Somebody the team has followed since before; or one outside home care, whom the assessment team has seen."""
    if story.team == OUTSIDE:
        at = _at(anchor - timedelta(days=story.ago), 8)
        seen_by = Unit.objects.get(name=OUTSIDE)
        try:
            return register_citizen(
                actor=acting(story.by, at), given_name="Reidun", family_name="Solbakk", unit_id=seen_by.pk,
                valid_from=oslo.day_of(at), numbers=Numbers.SYNTHETIC, born_on=date(1953, 4, 18), lives_alone=True, at=at,
            ).pk  # fmt: skip
        except TillitError:
            return None
    rows = Following.objects.filter(
        unit__name=story.team, valid_from__lt=anchor - timedelta(days=story.ago), valid_to__isnull=True,
        citizen__died_on__isnull=True,
    ).exclude(citizen_id__in=taken)  # fmt: skip
    if story.joint:
        rows = rows.filter(
            citizen__in=Citizen.objects.filter(
                visits__on=anchor + timedelta(days=1), visits__shift_kind="DAY", visits__state="PLANNED"
            ).values("pk")
        )
    found: int | None = rows.order_by("-citizen_id").values_list("citizen_id", flat=True).first()
    return found


def _tell(
    story: _Story, citizen_id: int, group_id: int, anchor: date, acting: Callable[[str, datetime], Actor]
) -> None:
    first = anchor - timedelta(days=story.ago)
    at = _at(first)
    referral = Referral(
        group_id, story.reason, story.priority, story.source, story.from_whom, story.own_words, referred_on=first
    )
    case = actions.refer(actor=acting(story.by, at), citizen_id=citizen_id, referral=referral, press_key="", at=at)
    holder = LARS if story.profession == OT else SILJE
    if story.interim:
        _write(case, acting(holder, _at(first, 14)), story.interim, _at(first, 14), interim=True)
    if story.taken is None:
        return
    at = _at(first + timedelta(days=story.taken))
    case = actions.take_case(actor=acting(holder, at), therapy_id=case.pk, at=at)
    if story.said:
        at = _at(anchor - timedelta(days=2), 14)
        step = (story.step[0], anchor + timedelta(days=story.step[1])) if story.step else ("", None)
        if story.step and story.step[1] < 0:
            at = _at(anchor - timedelta(days=6), 14)
        case = _write(case, acting(holder, at), story.said, at, step=step)
    if story.closed is not None:
        at = _at(first + timedelta(days=story.taken + story.closed))
        result, words = story.result
        actions.close_case(
            actor=acting(holder, at),
            therapy_id=case.pk,
            edition=case.edition,
            result=result,
            words=words,
            goals=(),
            at=at,
        )
    if story.joint:
        _join(case, story.joint, acting, oslo.moment(anchor, time(7)), holder)


def _read_the_news(anchor: date) -> None:
    """Those who referred have read what they were told, the day after; the newest waits."""
    told = Notice.objects.filter(asks_nothing=True, answered_at__isnull=True, owner__user__isnull=False)
    for notice in told.filter(written_at__lt=_at(anchor - timedelta(days=2))).select_related("owner"):
        at = notice.written_at + timedelta(days=1)
        assert notice.owner is not None and notice.owner.user_id is not None
        actor = actor_for(user_id=notice.owner.user_id, name=notice.owner.name, at=at)
        try:
            with transaction.atomic():
                answer_notice(actor=actor, notice_id=notice.pk, answer="Lest", at=at)
        except TillitError:
            continue  # she works elsewhere now: it waits


def _join(case: TherapyCase, why: str, acting: Callable[[str, datetime], Actor], at: datetime, holder: str) -> None:
    """Lars agrees himself; Silje is asked by the team, and has not answered."""
    assert case.holder_id is not None
    by = holder if holder == LARS else INGRID
    for row in visits_to_join(citizen_id=case.citizen_id, therapist_id=case.holder_id, at=at):
        if row.on == oslo.day_of(at) or row.shift_kind != "DAY":
            continue
        try:
            with transaction.atomic():
                actions.ask_joint(actor=acting(by, at), therapy_id=case.pk, visit_id=row.visit_id, why=why, at=at)
                return
        except TillitError:
            continue  # he is elsewhere then


def _write(
    case: TherapyCase,
    actor: Actor,
    words: str,
    at: datetime,
    *,
    interim: bool = False,
    step: tuple[str, date | None] = ("", None),
) -> TherapyCase:
    return actions.write_in_case(
        actor=actor, therapy_id=case.pk, edition=case.edition, words=words, is_interim=interim,
        next_step=step[0], next_on=step[1], at=at,
    )  # fmt: skip


def _at(day: date, hour: int = 10) -> datetime:
    return oslo.moment(day, time(hour, 20))
