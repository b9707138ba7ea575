"""What one may do with pilots and benefits, and who may."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import IN_THE_TEAM, Role

#: Sums for teams, never anything about a citizen or an employee: also for those who only see figures.
SEE_PILOTS = define(
    "improvement.see_pilots",
    _("Se piloter, nullpunkt, gevinster og sammenlikninger"),
    IN_THE_TEAM | {Role.DISTRICT_LEADER, Role.PROJECT_LEADER, Role.REPRESENTATIVE, Role.RESEARCHER},
)
RUN_PILOT = define(
    "improvement.run_pilot",
    _("Lage piloter, fryse nullpunktet og sette i pilot"),
    {Role.TEAM_LEADER, Role.DISTRICT_LEADER, Role.PROJECT_LEADER},
)
#: Whoever is in it sees what disturbs it.
WRITE_LOG = define(
    "improvement.write_log",
    _("Skrive i loggen til en pilot"),
    IN_THE_TEAM | {Role.DISTRICT_LEADER, Role.PROJECT_LEADER, Role.REPRESENTATIVE},
)
