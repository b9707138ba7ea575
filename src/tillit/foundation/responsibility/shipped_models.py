"""The five models the product ships with, as complete tables (R04).

Sources, by the keys of the domain notes: S003 is the Oslo report (chapters 7.1 and 7.2), S000 NORCE's slides on
HELTOM, S001 Bergen's reform. Where a source places a task, the row follows it and the comment names it. Where the
sources are silent, the row holds the soberest choice and its note says «Kommunen bestemmer»: nobody should believe
that research stands behind it. Shipped tables are copied and edited by the municipality, never edited themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tillit.foundation.responsibility.models import HolderKind

FIRST_VALID = date(2020, 1, 1)

Rows = tuple[tuple[str, HolderKind, str], ...]

OPEN = "Kommunen bestemmer"
TWO_PROFESSIONS = "To yrkesgrupper sammen"
#: «Inntil fire uker» (S000/S001), as a deadline.
FOUR_WEEKS = 4
UNDEFINED = "Må avtales mellom teamene. " + OPEN

TEAM = HolderKind.TEAM
OFFICE = HolderKind.ALLOCATION_OFFICE
HEAD = HolderKind.OFFICE_HEAD
NURSES = HolderKind.NURSE_TEAM
BOTH = HolderKind.BOTH_TEAMS
CARE = HolderKind.CARE_TEAM
HEALTH = HolderKind.HEALTH_TEAM
COORDINATOR = HolderKind.COORDINATOR
PROVIDER = HolderKind.PROVIDER
NOBODY = HolderKind.NOBODY


@dataclass(frozen=True, slots=True)
class ShippedModel:
    """One model: its name, what it is in one line, where it comes from, its whole table."""

    code: str
    name: str
    description: str
    source: str
    rows: Rows
    weeks: Mapping[str, int] = field(default_factory=dict, metadata={"help": "Responsibility → at most so many weeks"})


# What the team has in Model 1 and Model 2 alike: "all reassessments, start conversations, plan, message journals,
# hospital/helsehus/KAD follow-up of existing users; one named person responsible for delegated tasks at any time"
# (S003 7.1). Coping is everybody's (S003 11.3), special competence is brought in by the team (S003 7.1), absence is
# handled by the team (S003 7.1). Quality control: S003 11.4 asks for a routine, and each district did it its own way.
_TEAM_IN_BOTH: Rows = (
    ("START_CONVERSATION", TEAM, TWO_PROFESSIONS),
    ("CARE_PLAN", TEAM, ""),
    ("REASSESS", TEAM, ""),
    ("EVERYDAY_COPING", TEAM, ""),
    ("REABLEMENT", TEAM, ""),
    ("HOSPITAL", TEAM, ""),
    # A team for the seriously ill stands beside the trust teams where there is one (R07); who has them is not stated.
    ("SERIOUS_ILLNESS", TEAM, "Eller team for alvorlig syke, der det finnes. " + OPEN),
    ("SPECIAL_COMPETENCE", TEAM, "Spør dem som kan, og følger opp svaret"),
    ("MESSAGES", TEAM, "Meldingsvakt, på omgang"),
    ("NOTICES", TEAM, "Meldingsvakt, på omgang"),
    ("WORK_LISTS", TEAM, "Fordeler"),
    ("ABSENCE", TEAM, "Vikar der teamet har rett til å leie inn"),
    ("QUALITY_CONTROL", TEAM, "Fast rutine. " + OPEN),
)

# Long stay, day centre and alarm: head of the application office; BPA, care pay and support contact: specialist case
# workers prepare, who decides is not stated (S003 7.2). The same in both models.
_OUTSIDE_THE_TEAM: Rows = (
    ("LONG_STAY", HEAD, ""),
    ("SPECIALIST_SERVICES", HolderKind.SPECIALIST_CASE_WORKER, ""),
)

MODEL_1 = ShippedModel(
    code="MODEL_1",
    name="Modell 1",
    description="Teamet har alt, også nye brukere",
    source="Oslo, sluttrapport 2018, kapittel 7.1 og 7.2",
    rows=(
        # "The team replaces allocation office, assessment team and rapid-response team: assesses, does casework,
        # decides; delivers to new users until the decision is made and the user has chosen provider" (S003 7.1).
        ("NEW_ASSESS", TEAM, TWO_PROFESSIONS),
        ("NEW_CASE_WORK", HolderKind.TEAM_CASE_WORKER, ""),
        ("NEW_DECIDE", HolderKind.TEAM_LEADER, ""),  # S003 7.1 footnote and 7.2
        ("NEW_DELIVER", TEAM, "Fra første dag"),
        ("NEW_REABLEMENT", TEAM, ""),
        # In practice the case worker met brand-new citizens first, to protect free choice (S003 7.2).
        ("NEW_HOSPITAL", HolderKind.TEAM_CASE_WORKER, ""),
        ("NEW_DEMENTIA", TEAM, ""),
        *_TEAM_IN_BOTH,
        ("DEMENTIA", TEAM, ""),
        # Described as the team leader's where delegated (7.1), reported as kept by the office (7.2): a local choice.
        ("SHORT_STAY", HolderKind.TEAM_LEADER, "Der det er delegert. " + OPEN),
        *_OUTSIDE_THE_TEAM,
    ),
)

MODEL_2 = ShippedModel(
    code="MODEL_2",
    name="Modell 2",
    description="Spesialteam tar imot nye brukere",
    source="Oslo, sluttrapport 2018, kapittel 7.1 og 7.2",
    rows=(
        # "Specialist teams keep new users; dementia work group keeps its own users; brand-new users are met by case
        # workers at the allocation office" (S003 7.1). Up to four weeks: Bergen's assessment team (S001).
        ("NEW_ASSESS", HolderKind.ASSESSMENT_TEAM, "Inntil fire uker"),
        ("NEW_CASE_WORK", OFFICE, ""),
        ("NEW_DECIDE", HEAD, ""),
        ("NEW_DELIVER", HolderKind.RAPID_RESPONSE_TEAM, ""),
        ("NEW_REABLEMENT", HolderKind.REABLEMENT_TEAM, ""),
        ("NEW_HOSPITAL", HolderKind.RAPID_RESPONSE_TEAM, ""),
        ("NEW_DEMENTIA", HolderKind.DEMENTIA_GROUP, "Overføres når de fyller vilkårene"),
        *_TEAM_IN_BOTH,
        ("DEMENTIA", HolderKind.DEMENTIA_GROUP, "Også når de bor i teamets område"),
        ("SHORT_STAY", HEAD, "Slik ble det i pilotene"),  # S003 7.2, economic risk
        *_OUTSIDE_THE_TEAM,
    ),
    weeks={"NEW_ASSESS": FOUR_WEEKS},
)

PURCHASER_PROVIDER = ShippedModel(
    code="PURCHASER_PROVIDER",
    name="Bestiller–utfører",
    description="Tjenestekontoret bestemmer, utføreren gjør det som er bestilt",
    source="Oslo, sluttrapport 2018, kapittel 2.1; ordinær ordning mange steder",
    rows=(
        # The office examines and decides (glossary: allocation office, "purchaser unit that normally decides").
        ("NEW_ASSESS", OFFICE, ""),
        ("NEW_CASE_WORK", OFFICE, ""),
        ("NEW_DECIDE", HEAD, "Eller saksbehandler med delegert myndighet"),
        ("NEW_DELIVER", PROVIDER, "Når det haster. " + OPEN),
        ("NEW_REABLEMENT", HolderKind.REABLEMENT_TEAM, "På bestilling. " + OPEN),
        ("NEW_HOSPITAL", OFFICE, ""),
        ("NEW_DEMENTIA", PROVIDER, OPEN),
        ("START_CONVERSATION", OFFICE, "Kartlegging før vedtak"),
        ("CARE_PLAN", PROVIDER, ""),
        ("REASSESS", OFFICE, "Utføreren sier fra om endringer"),
        ("EVERYDAY_COPING", PROVIDER, OPEN),
        ("REABLEMENT", HolderKind.REABLEMENT_TEAM, "På bestilling. " + OPEN),
        ("DEMENTIA", PROVIDER, OPEN),
        ("SERIOUS_ILLNESS", PROVIDER, OPEN),
        ("HOSPITAL", OFFICE, OPEN),
        ("SPECIAL_COMPETENCE", PROVIDER, OPEN),
        ("MESSAGES", OFFICE, OPEN),
        ("NOTICES", COORDINATOR, OPEN),
        ("WORK_LISTS", COORDINATOR, ""),  # work lists by a coordinator (domain notes on the model lab, from S003 2.1)
        ("ABSENCE", COORDINATOR, OPEN),
        ("QUALITY_CONTROL", COORDINATOR, "Koordinatoren kontrollerer journalsystemet"),
        ("SHORT_STAY", HEAD, ""),
        ("LONG_STAY", HEAD, ""),
        ("SPECIALIST_SERVICES", HolderKind.SPECIALIST_CASE_WORKER, ""),
    ),
)

HELTOM = ShippedModel(
    code="HELTOM",
    name="HELTOM",
    description="Et omsorgsteam og et helsetjenesteteam deler de samme brukerne",
    source=(
        "NORCE, følgeforskning på HELTOM i Bergen, som fant udefinerte oppgaver mellom teamene uten å navngi dem; "
        "Bergens tillitsreform"
    ),
    rows=(
        # Bergen: an assessment team may use up to four weeks before the final decision (S000/S001).
        ("NEW_ASSESS", HolderKind.ASSESSMENT_TEAM, "Inntil fire uker"),
        ("NEW_CASE_WORK", OFFICE, OPEN),
        ("NEW_DECIDE", HEAD, OPEN),
        ("NEW_DELIVER", HolderKind.ASSESSMENT_TEAM, "Inntil endelig vedtak"),
        ("NEW_REABLEMENT", HolderKind.REABLEMENT_TEAM, OPEN),
        # NORCE found "undefined tasks, unclear responsibility" between the two teams (S000). The source does not list
        # them. Left undecided here: what both teams come upon in daily work and no source gives to one of them.
        ("NEW_HOSPITAL", NOBODY, UNDEFINED),
        ("NEW_DEMENTIA", CARE, OPEN),
        ("START_CONVERSATION", BOTH, TWO_PROFESSIONS),
        ("CARE_PLAN", BOTH, "Hvert team sine tiltak. " + OPEN),
        ("REASSESS", BOTH, OPEN),
        ("EVERYDAY_COPING", CARE, OPEN),
        ("REABLEMENT", NOBODY, UNDEFINED),
        ("DEMENTIA", CARE, OPEN),
        ("SERIOUS_ILLNESS", HEALTH, OPEN),
        ("HOSPITAL", NOBODY, UNDEFINED),
        ("SPECIAL_COMPETENCE", HEALTH, OPEN),
        ("MESSAGES", HEALTH, OPEN),
        ("NOTICES", NOBODY, UNDEFINED),
        ("WORK_LISTS", BOTH, "Hvert team sine lister"),
        ("ABSENCE", BOTH, "Hvert team sitt eget. " + OPEN),
        ("QUALITY_CONTROL", NOBODY, UNDEFINED),
        ("SHORT_STAY", HEAD, OPEN),
        ("LONG_STAY", HEAD, OPEN),
        ("SPECIALIST_SERVICES", HolderKind.SPECIALIST_CASE_WORKER, OPEN),
    ),
    weeks={"NEW_ASSESS": FOUR_WEEKS},
)

BUURTZORG = ShippedModel(
    code="BUURTZORG",
    name="Buurtzorg",
    description="Opptil tolv sykepleiere gjør alt selv, med veileder utenfor teamet",
    source="Oslo, sluttrapport 2018, kapittel 8.1",
    rows=(
        # "At most 12 nurses, all tasks, central support" (S003 8.1). Authority to decide must be delegated by the
        # municipality (kommuneloven §§ 5-3 and 13-1): the Dutch model cannot be copied there, so the notes say so.
        ("NEW_ASSESS", NURSES, ""),
        ("NEW_CASE_WORK", NURSES, "Med støtte sentralt"),
        ("NEW_DECIDE", NURSES, "Krever delegering i Norge. " + OPEN),
        ("NEW_DELIVER", NURSES, ""),
        ("NEW_REABLEMENT", NURSES, ""),
        ("NEW_HOSPITAL", NURSES, ""),
        ("NEW_DEMENTIA", NURSES, ""),
        ("START_CONVERSATION", NURSES, ""),
        ("CARE_PLAN", NURSES, ""),
        ("REASSESS", NURSES, ""),
        ("EVERYDAY_COPING", NURSES, ""),
        ("REABLEMENT", NURSES, ""),
        ("DEMENTIA", NURSES, ""),
        ("SERIOUS_ILLNESS", NURSES, ""),
        ("HOSPITAL", NURSES, ""),
        ("SPECIAL_COMPETENCE", NURSES, "Veilederen hjelper når teamet spør"),
        ("MESSAGES", NURSES, ""),
        ("NOTICES", NURSES, ""),
        ("WORK_LISTS", NURSES, ""),
        ("ABSENCE", NURSES, ""),
        ("QUALITY_CONTROL", NURSES, OPEN),
        ("SHORT_STAY", HEAD, "Utenfor modellen. " + OPEN),
        ("LONG_STAY", HEAD, "Utenfor modellen. " + OPEN),
        ("SPECIALIST_SERVICES", HolderKind.SPECIALIST_CASE_WORKER, "Utenfor modellen. " + OPEN),
    ),
)

SHIPPED: tuple[ShippedModel, ...] = (MODEL_1, MODEL_2, PURCHASER_PROVIDER, HELTOM, BUURTZORG)
