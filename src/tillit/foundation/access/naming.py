"""What the numbers in an address name, and what it takes to reach it: the declared policy of every address.

An address holds a permission (`guard.requires`) and names things: `/saker/7/` names a case. This is the one table of
what each name is and by whom such a thing is reached. A name nobody has declared stops the product before it starts
(`checks`); tests/policy walks every address as every role and holds what is answered against this table; the document
docs/who-may-do-what.md is made of it. How a thing is looked up stays with the app that owns it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.doors import kind_of


class Reach(StrEnum):
    """By whom a thing is reached. Out of reach is 404, with the words for what does not exist."""

    CITIZEN = "CITIZEN"
    CASE = "CASE"
    BETWEEN = "BETWEEN"
    EMERGENCY = "EMERGENCY"
    LET_IN = "LET_IN"
    UNIT = "UNIT"
    STAFF = "STAFF"
    OWN = "OWN"
    EVERYBODY = "EVERYBODY"
    WORD = "WORD"


REACH_TEXTS: dict[Reach, str | Promise] = {
    Reach.CITIZEN: _("Den som når brukeren, fordi enheten hennes følger brukeren eller hun er bedt inn"),
    Reach.CASE: _("Enheten som har saken eller har fått tilbud om den, og den som når brukeren"),
    Reach.BETWEEN: _("Begge enhetene det går mellom, og den som når brukeren"),
    Reach.EMERGENCY: _("Den som åpnet nødtilgangen, og lederen over henne"),
    Reach.LET_IN: _("Brukeren selv, og den hun har sluppet inn til den delen"),
    Reach.UNIT: _("Den som har rollen i enheten eller i en enhet over"),
    Reach.STAFF: _("Den som har rollen der medarbeideren arbeider"),
    Reach.OWN: _("Bare den det er sitt. Innlesinger ser også systemansvarlig"),
    Reach.EVERYBODY: _("Alle som har rollen, i hele kommunen: her står ingen brukere"),
    Reach.WORD: _("En dag, en mal eller en kode, ikke noe om et menneske"),
}
#: Reached by way of one citizen: whoever is barred from her never reaches them.
ABOUT_A_CITIZEN = frozenset({Reach.CITIZEN, Reach.CASE, Reach.BETWEEN, Reach.EMERGENCY, Reach.LET_IN})


@dataclass(frozen=True, slots=True)
class Thing:
    """A kind of thing an address can name. code: stable, for tests and logs."""

    code: str
    text: str | Promise
    reach: Reach


CITIZEN = Thing("citizen", _("en bruker"), Reach.CITIZEN)
HOLDING = Thing("holding", _("et tilbud om en sak"), Reach.CASE)
ROLE_HELD = Thing("role_held", _("en rolle noen har"), Reach.STAFF)
OTHER_CITIZEN = Thing("other_citizen", _("en annen registrering"), Reach.CITIZEN)
UNIT = Thing("unit", _("et team eller en annen enhet"), Reach.UNIT)
SHOWN_UNIT = Thing("shown_unit", _("en enhet på kartet"), Reach.EVERYBODY)
MODEL_CHANGE = Thing("model_change", _("en endring i en modell"), Reach.EVERYBODY)
PROPOSED = Thing("proposed", _("en foreslått endring"), Reach.UNIT)
SERVICE_WORD = Thing("login_service", _("en innloggingstjeneste"), Reach.WORD)

#: On a team's lists a visit to somebody the reader is barred from stands without who and why, so that the day adds up.
LISTED_VISIT = Thing("listed_visit", _("et besøk på lista"), Reach.UNIT)

#: By name; by app and name, or address and name, where a name means something else than elsewhere.
_NAMES: Mapping[str, Thing] = {
    "citizen_id": CITIZEN,
    "decisions:moved_in citizen_id": Thing("citizen", _("en bruker med en sak"), Reach.CASE),
    "minside: citizen_id": Thing("own_page", _("en brukers egen side"), Reach.LET_IN),
    "minside: visit_id": Thing("own_visit", _("et besøk hos henne selv"), Reach.LET_IN),
    "minside: letter_id": Thing("own_letter", _("et brev hun har fått"), Reach.LET_IN),
    "minside: asked_id": Thing("asked", _("to spørsmål etter en evaluering"), Reach.LET_IN),
    "minside: consent_id": Thing("own_consent", _("et samtykke hun har gitt"), Reach.LET_IN),
    "consent_id": Thing("consent", _("et samtykke"), Reach.CITIZEN),
    "right_id": OTHER_CITIZEN,
    "wrong_id": OTHER_CITIZEN,
    "visit_id": Thing("visit", _("et besøk"), Reach.CITIZEN),
    "planning: visit_id": LISTED_VISIT,
    "deviation_id": Thing("deviation", _("et avvik"), Reach.UNIT),
    "photo_id": Thing("photo", _("et bilde"), Reach.CITIZEN),
    "watch_id": Thing("watch", _("noe som ikke er som vanlig"), Reach.CITIZEN),
    "follow_up_id": Thing("follow_up", _("noe som må følges opp"), Reach.CITIZEN),
    "entry_id": Thing("entry", _("en innføring i journalen"), Reach.CITIZEN),
    "journal_request_id": Thing("journal_request", _("et krav om retting eller sletting"), Reach.CITIZEN),
    "note_id": Thing("note", _("et notat som ikke er signert"), Reach.OWN),
    "conversation_id": Thing("conversation", _("en samtale"), Reach.CITIZEN),
    "plan_id": Thing("plan", _("en tiltaksplan"), Reach.CITIZEN),
    "goal_id": Thing("goal", _("et mål"), Reach.CITIZEN),
    "careplans:change_need subject_id": Thing("need", _("et behov"), Reach.CITIZEN),
    "careplans:change_goal subject_id": Thing("drafted_goal", _("et mål i et utkast"), Reach.CITIZEN),
    "careplans:change_intervention subject_id": Thing("intervention", _("et tiltak"), Reach.CITIZEN),
    "whereabouts_id": Thing("whereabouts", _("et opphold"), Reach.CITIZEN),
    "letter_id": Thing("letter", _("et brev"), Reach.CASE),
    "case_id": Thing("case", _("en sak"), Reach.CASE),
    "assessment_id": Thing("assessment", _("en vurdering"), Reach.CASE),
    "fact_id": Thing("fact", _("en opplysning"), Reach.CASE),
    "holding_id": HOLDING,
    "workforce:end-role holding_id": ROLE_HELD,
    "decision_id": Thing("decision", _("et vedtak"), Reach.CASE),
    "appeal_id": Thing("appeal", _("en klage"), Reach.CASE),
    "handover_id": Thing("handover", _("en overlevering"), Reach.BETWEEN),
    "move_id": Thing("move", _("en flytting"), Reach.BETWEEN),
    "question_id": Thing("question", _("et spørsmål til andre"), Reach.BETWEEN),
    "notice_id": Thing("notice", _("en beskjed"), Reach.BETWEEN),
    "emergency_id": Thing("emergency", _("en nødtilgang"), Reach.EMERGENCY),
    "unit_id": UNIT,
    "organisation: unit_id": SHOWN_UNIT,
    "authority: unit_id": SHOWN_UNIT,
    "campaign_id": Thing("campaign", _("en undersøkelse"), Reach.UNIT),
    "gathering_id": Thing("gathering", _("en samling"), Reach.UNIT),
    "own_id": Thing("own_instrument", _("et eget spørreskjema"), Reach.UNIT),
    "indicator_code": Thing("indicator", _("et tall"), Reach.WORD),
    "mark_id": Thing("time_mark", _("et merke på tidslinja"), Reach.UNIT),
    "own_fact": Thing("own_fact", _("noe som kan telles"), Reach.WORD),
    "own_figure_id": Thing("own_figure", _("et av kommunens egne tall"), Reach.EVERYBODY),
    "file_form": Thing("file_form", _("en filtype"), Reach.WORD),
    "proposal_id": Thing("proposal", _("et forslag til lister"), Reach.UNIT),
    "planning:accept change_id": PROPOSED,
    "planning:reject change_id": PROPOSED,
    "weeks_id": Thing("weeks", _("et forslag for flere dager"), Reach.UNIT),
    "whatif_id": Thing("what_if", _("et svar på «hva om»"), Reach.UNIT),
    "shift_id": Thing("shift", _("en vakt"), Reach.UNIT),
    "absence_id": Thing("absence", _("et fravær"), Reach.UNIT),
    "duty_id": Thing("duty", _("et ansvar som går på omgang"), Reach.UNIT),
    "handout_id": Thing("handout", _("en utlevering"), Reach.OWN),
    "run_id": Thing("import", _("en innlesing"), Reach.OWN),
    "employee_id": Thing("employee", _("en medarbeider"), Reach.STAFF),
    "undelivered_id": Thing("undelivered", _("noe som ikke gikk igjennom"), Reach.OWN),
    "phone_id": Thing("phone", _("en telefon med dagens liste"), Reach.OWN),
    "phone_code": Thing("phone_code", _("en telefon som spør selv"), Reach.OWN),
    "passkey_id": Thing("passkey", _("en passnøkkel"), Reach.OWN),
    "session_id": Thing("session", _("en økt"), Reach.OWN),
    "identity_id": Thing("identity", _("en kobling til en innloggingstjeneste"), Reach.OWN),
    "area_id": Thing("area", _("et område"), Reach.EVERYBODY),
    "meeting_id": Thing("meeting", _("et møte"), Reach.EVERYBODY),
    "acting_id": Thing("acting", _("en fungerende leder"), Reach.EVERYBODY),
    "delegation_id": Thing("delegation", _("en delegering"), Reach.EVERYBODY),
    "authority_id": Thing("authority", _("en linje i en delegering"), Reach.EVERYBODY),
    "basis_id": Thing("basis", _("en hjemmel"), Reach.EVERYBODY),
    "service_id": Thing("service", _("en tjeneste"), Reach.EVERYBODY),
    "version_id": Thing("model", _("en modell"), Reach.EVERYBODY),
    "responsibility:undo-cell change_id": MODEL_CHANGE,
    "enactment_id": Thing("enactment", _("en iverksetting"), Reach.EVERYBODY),
    "on": Thing("day", _("en dag"), Reach.WORD),
    "day": Thing("day", _("en dag"), Reach.WORD),
    "shift_kind": Thing("shift_kind", _("dag, kveld eller natt"), Reach.WORD),
    "slug": Thing("word", _("en mal"), Reach.WORD),
    "language": Thing("language", _("et språk"), Reach.WORD),
    "code": Thing("word", _("en kode"), Reach.WORD),
    "sheet": Thing("word", _("et ark"), Reach.WORD),
    "therapy_id": Thing("therapy_case", _("en sak hos ergo- eller fysioterapeut"), Reach.CASE),
    "joint_id": Thing("joint_visit", _("et samarbeidsbesøk"), Reach.CITIZEN),
    "group_id": Thing("therapy_group", _("ei venteliste for ergo- eller fysioterapi"), Reach.UNIT),
    "course_id": Thing("course", _("et forløp med hverdagsrehabilitering"), Reach.CITIZEN),
    "tool": Thing("word", _("et måleverktøy"), Reach.WORD),
    "login: slug": SERVICE_WORD,
    "pilot_id": Thing("pilot", _("en pilot"), Reach.UNIT),
    "team_id": Thing("pilot_team", _("et team i en pilot"), Reach.UNIT),
    "benefit_id": Thing("pilot_benefit", _("en gevinst i en pilot"), Reach.UNIT),
    "improvement: entry_id": Thing("pilot_entry", _("ei linje i loggen til en pilot"), Reach.UNIT),
}


def thing_of(door: str, name: str) -> Thing | None:
    """Return what a name in an address means, or None when nobody has said. door: such as "decisions:case"."""
    space = door.partition(":")[0]
    for key in (f"{door} {name}", f"{space}: {name}", name):
        if key in _NAMES:
            return _NAMES[key]
    return None


def things_of(door: str, names: Iterable[str]) -> dict[str, Thing]:
    """Return what each name in an address means. Raises KeyError for one that nobody has declared."""
    found: dict[str, Thing] = {}
    for name in sorted(names):
        thing = thing_of(door, name)
        if thing is None:
            raise KeyError(f"{door}: {name}")
        found[name] = thing
    return found


def reach_of(door: str, names: Iterable[str]) -> Reach | None:
    """Return the narrowest reach an address asks for; None when it names nothing: a list of what one reaches."""
    wanted = {thing.reach for thing in things_of(door, names).values()}
    return next((reach for reach in Reach if reach in wanted), None)


def kind_text(door: str) -> str:
    """Return what kind of data the address opens, in the words of the access log."""
    return str(kind_of(door).text)
