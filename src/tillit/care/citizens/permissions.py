"""What one may do with citizens, and who may. Administrators, project leaders and representatives see no citizens."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import IN_THE_TEAM, Role

READ_CITIZEN = define("citizens.read_citizen", _("Se brukere"), IN_THE_TEAM | {Role.DISTRICT_LEADER})
READ_FORMER = define(
    "citizens.read_former",
    _("Se tidligere brukere"),
    {Role.NURSE, Role.THERAPIST, Role.CASE_WORKER, Role.TEAM_LEADER, Role.DISTRICT_LEADER},
)
REGISTER_CITIZEN = define("citizens.register_citizen", _("Registrere en bruker"), IN_THE_TEAM)
CHANGE_HOME = define("citizens.change_home", _("Endre adresse og vei inn"), IN_THE_TEAM)
CHANGE_FOLLOWING = define(
    "citizens.change_following",
    _("Bestemme hvilket team som følger en bruker"),
    {Role.NURSE, Role.CASE_WORKER, Role.TEAM_LEADER, Role.DISTRICT_LEADER},
)
NAME_RESPONSIBLE = define(
    "citizens.name_responsible",
    _("Velge tjenesteansvarlig og primærkontakt"),
    {Role.NURSE, Role.THERAPIST, Role.CASE_WORKER, Role.TEAM_LEADER},
)
CHANGE_WHEREABOUTS = define("citizens.change_whereabouts", _("Si hvor brukeren er"), IN_THE_TEAM)
CHANGE_NETWORK = define("citizens.change_network", _("Endre brukerens egne folk"), IN_THE_TEAM)
CHANGE_WISHES = define("citizens.change_wishes", _("Skrive ned ønsker om hjelpere"), IN_THE_TEAM)
CHANGE_ALERTS = define("citizens.change_alerts", _("Endre varsler om en bruker"), IN_THE_TEAM)
SHOW_DOOR_CODE = define("citizens.show_door_code", _("Vise dørkoden"), IN_THE_TEAM)
#: With the national id and, for whoever may see it, the door code: an ambulance cannot wait for a leader.
MAKE_AMBULANCE_SHEET = define(
    "citizens.make_ambulance_sheet", _("Lage arket til ambulansen, med fødselsnummer og vei inn"), IN_THE_TEAM
)
CORRECT_FACTS = define("citizens.correct_facts", _("Rette navn, telefon og språk"), IN_THE_TEAM)
CORRECT_NUMBER = define(
    "citizens.correct_number",
    _("Rette fødselsnummer eller D-nummer"),
    {Role.NURSE, Role.THERAPIST, Role.CASE_WORKER, Role.TEAM_LEADER},
)
#: Those who may end all help, say that somebody has died, and take it back.
_MAY_END = frozenset({Role.NURSE, Role.CASE_WORKER, Role.TEAM_LEADER, Role.DISTRICT_LEADER})
REGISTER_DEATH = define("citizens.register_death", _("Registrere at en bruker er død"), _MAY_END)
END_HELP = define("citizens.end_help", _("Avslutte all hjelp, og ta den opp igjen"), _MAY_END)
#: Administrators read in whole municipalities without seeing citizens elsewhere; leaders read in for their own teams.
TAKE_IN = define(
    "citizens.take_in",
    _("Lese inn brukere fra et regneark"),
    {Role.TEAM_LEADER, Role.DISTRICT_LEADER, Role.ADMINISTRATOR},
)
#: An administrator alone reaches no citizens: reach to both is asked for besides.
MERGE_CITIZENS = define(
    "citizens.merge_citizens",
    _("Slå sammen to registreringer av samme person"),
    {Role.TEAM_LEADER, Role.DISTRICT_LEADER, Role.ADMINISTRATOR},
)
#: Handing over is agreed between two: one side offers, the other answers. Nobody alone moves a citizen to others.
OFFER_HANDOVER = define(
    "citizens.offer_handover",
    _("Tilby en annen enhet å ta over en bruker"),
    {Role.NURSE, Role.THERAPIST, Role.CASE_WORKER, Role.TEAM_LEADER, Role.DISTRICT_LEADER},
)
ANSWER_HANDOVER = define(
    "citizens.answer_handover",
    _("Ta over en bruker, eller sende tilbake"),
    {Role.NURSE, Role.CASE_WORKER, Role.TEAM_LEADER, Role.DISTRICT_LEADER},
)
FOLLOW_STAY = define("citizens.follow_stay", _("Skrive neste steg for en bruker som ikke er hjemme"), IN_THE_TEAM)
ASK_COMPETENCE = define("citizens.ask_competence", _("Spørre etter spesialkompetanse for en bruker"), IN_THE_TEAM)
ANSWER_COMPETENCE = define("citizens.answer_competence", _("Svare når noen spør etter kompetanse"), IN_THE_TEAM)
#: Those who may receive an objection, keep somebody away from a record, and let her back.
_KEEPS_AWAY = frozenset({Role.NURSE, Role.CASE_WORKER, Role.TEAM_LEADER, Role.DISTRICT_LEADER})
CHANGE_BARRIERS = define(
    "citizens.change_barriers", _("Sperre en bruker for en medarbeider, og oppheve sperren"), _KEEPS_AWAY
)
TELL_KINSHIP = define(
    "citizens.tell_kinship", _("Si at en selv er i familie med en bruker"), IN_THE_TEAM | {Role.DISTRICT_LEADER}
)
ASK_IN = define("citizens.ask_in", _("Be en fagperson lese om en bruker"), _KEEPS_AWAY | {Role.THERAPIST})
HIDE_ADDRESS = define("citizens.hide_address", _("Skjule adressen til en bruker"), _KEEPS_AWAY)
#: Those who meet people and give them health care. A temp outside her days holds no role, and so not this either.
OPEN_EMERGENCY = define(
    "citizens.open_emergency", _("Bruke nødtilgang"), {Role.CARE_WORKER, Role.NURSE, Role.THERAPIST}
)
REVIEW_EMERGENCY = define(
    "citizens.review_emergency", _("Se gjennom nødtilganger"), {Role.TEAM_LEADER, Role.DISTRICT_LEADER}
)
DECIDE_ACCESS_TERMS = define(
    "citizens.decide_access_terms", _("Bestemme hvor lenge tilganger varer"), {Role.ADMINISTRATOR}
)
