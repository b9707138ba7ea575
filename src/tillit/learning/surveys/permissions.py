"""What one may do with surveys, and who may."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import IN_THE_TEAM, Role

#: Those who see sums, later: never a single team's numbers.
ABOVE = frozenset({Role.DISTRICT_LEADER, Role.PROJECT_LEADER, Role.REPRESENTATIVE, Role.RESEARCHER})

ASK_SURVEY = define(
    "surveys.ask_survey",
    _("Starte en undersøkelse, minne om den og avslutte den"),
    {Role.TEAM_LEADER, Role.DISTRICT_LEADER, Role.PROJECT_LEADER},
)
#: Those who may ask a unit may make questions for it: nobody else has a use for them, and both are told to the union.
BUILD_SURVEY = define(
    "surveys.build_survey",
    _("Lage egne spørreskjemaer for en enhet, og ta dem i bruk"),
    {Role.TEAM_LEADER, Role.DISTRICT_LEADER, Role.PROJECT_LEADER},
)
ANSWER_SURVEY = define("surveys.answer_survey", _("Svare på undersøkelser, uten at noen ser hva"), IN_THE_TEAM)
#: From paper and the telephone. Never by those who work in the teams that are asked about: the action refuses them.
ENTER_ANSWERS = define(
    "surveys.enter_answers",
    _("Skrive inn svar fra papir og telefon, om andre team enn sitt eget"),
    {Role.PROJECT_LEADER, Role.REPRESENTATIVE},
)
#: The team its own, at once; the others sums of several teams, when the team has had its time.
SEE_RESULTS = define("surveys.see_results", _("Se resultater av undersøkelser"), IN_THE_TEAM | ABOVE)
WRITE_NEXT_STEP = define("surveys.write_next_step", _("Skrive hva teamet gjør videre"), IN_THE_TEAM)
#: What people wrote, before the team sees it. The one who is named for the survey, and never one of the teams.
SCREEN_WORDS = define(
    "surveys.screen_words",
    _("Lese gjennom det som er skrevet med egne ord, om andre team enn sitt eget, når en er valgt til det"),
    {Role.PROJECT_LEADER, Role.REPRESENTATIVE},
)
#: Of a unit. What was said is seen by the team, and by whoever held it.
HOLD_GATHERING = define(
    "surveys.hold_gathering",
    _("Skrive ned det som ble sagt på en samling, uten navn, og se det eget team sa"),
    IN_THE_TEAM | {Role.PROJECT_LEADER, Role.REPRESENTATIVE},
)
