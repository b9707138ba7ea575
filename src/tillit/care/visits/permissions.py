"""What one may do with visits, and who may."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import IN_THE_TEAM, Role

#: Those who make or lead the team's lists.
PLANNERS = IN_THE_TEAM | {Role.DISTRICT_LEADER}

READ_VISITS = define("visits.read_visits", _("Se besøk"), PLANNERS)
PLAN_VISITS = define("visits.plan_visits", _("Flytte, avlyse og legge til besøk"), PLANNERS)
ASSIGN_VISITS = define("visits.assign_visits", _("Bestemme hvem som drar på besøk"), PLANNERS)
REPORT_VISIT = define("visits.report_visit", _("Si hvordan et besøk gikk"), IN_THE_TEAM)
TELL_CHANGE = define("visits.tell_change", _("Si at noe har endret seg hos en bruker"), IN_THE_TEAM)
CLOSE_FOLLOW_UP = define("visits.close_follow_up", _("Følge opp og lukke en endring"), IN_THE_TEAM)
MAKE_VISITS = define(
    "visits.make_visits", _("Lage besøk fra planene"), IN_THE_TEAM | {Role.DISTRICT_LEADER, Role.ADMINISTRATOR}
)
LEARN_MINUTES = define(
    "visits.learn_minutes", _("Lære hvor lang tid besøk tar"), {Role.TEAM_LEADER, Role.ADMINISTRATOR}
)
