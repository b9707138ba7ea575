"""What one may do with visits, and who may."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import IN_THE_TEAM, Role

READ_VISITS = define("visits.read_visits", _("Se besøk"), IN_THE_TEAM)
PLAN_VISITS = define("visits.plan_visits", _("Flytte, avlyse og legge til besøk"), IN_THE_TEAM)
ASSIGN_VISITS = define("visits.assign_visits", _("Bestemme hvem som drar på besøk"), IN_THE_TEAM)
REPORT_VISIT = define("visits.report_visit", _("Si hvordan et besøk gikk"), IN_THE_TEAM)
TELL_CHANGE = define("visits.tell_change", _("Si at noe har endret seg hos en bruker"), IN_THE_TEAM)
CLOSE_FOLLOW_UP = define("visits.close_follow_up", _("Følge opp og lukke en endring"), IN_THE_TEAM)
MAKE_VISITS = define(
    "visits.make_visits", _("Lage besøk fra planene"), IN_THE_TEAM | {Role.DISTRICT_LEADER, Role.ADMINISTRATOR}
)
LEARN_MINUTES = define(
    "visits.learn_minutes", _("Lære hvor lang tid besøk tar"), {Role.TEAM_LEADER, Role.ADMINISTRATOR}
)
