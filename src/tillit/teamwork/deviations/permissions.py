"""What one may do with deviations, and who may."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import IN_THE_TEAM, Role

#: One's own, and one's own alone: the answer comes back to her.
REPORT_DEVIATION = define(
    "deviations.report_deviation", _("Melde avvik, og se svar på egne"), IN_THE_TEAM | {Role.DISTRICT_LEADER}
)
ANSWER_DEVIATION = define(
    "deviations.answer_deviation", _("Lese og svare på avvik"), {Role.TEAM_LEADER, Role.DISTRICT_LEADER}
)
#: Numbers without names.
COUNT_DEVIATIONS = define(
    "deviations.count_deviations",
    _("Se hvor mange avvik av hvert slag teamet har"),
    IN_THE_TEAM | {Role.DISTRICT_LEADER, Role.REPRESENTATIVE},
)
