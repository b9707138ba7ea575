"""What one may do with the therapists' cases, and who may."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import IN_THE_TEAM, Role

#: One case: for who reaches the citizen, and for those who work or lead the list it stands on.
READ_CASE = define(
    "therapy.read_case", _("Se en sak hos ergo- eller fysioterapeut"), IN_THE_TEAM | {Role.DISTRICT_LEADER}
)
READ_LIST = define(
    "therapy.read_list",
    _("Se ventelista for ergo- eller fysioterapi"),
    {Role.THERAPIST, Role.TEAM_LEADER, Role.DISTRICT_LEADER},
)
REFER = define("therapy.refer", _("Henvise til ergo- eller fysioterapeut"), IN_THE_TEAM)
WORK_CASE = define("therapy.work_case", _("Ta en sak som ergo- eller fysioterapeut"), {Role.THERAPIST})
CHANGE_PRIORITY = define(
    "therapy.change_priority",
    _("Endre prioritet på ventelista for ergo- eller fysioterapi"),
    {Role.THERAPIST, Role.TEAM_LEADER, Role.DISTRICT_LEADER},
)
HAND_OVER = define(
    "therapy.hand_over",
    _("Gi videre saken til en ergo- eller fysioterapeut som har sluttet eller er borte"),
    {Role.THERAPIST, Role.TEAM_LEADER, Role.DISTRICT_LEADER},
)
ASK_JOINT = define("therapy.ask_joint", _("Avtale samarbeidsbesøk med en ergo- eller fysioterapeut"), IN_THE_TEAM)
DECIDE_TERMS = define(
    "therapy.decide_terms",
    _("Bestemme frister og kriterier for ergo- og fysioterapi"),
    {Role.DISTRICT_LEADER, Role.ADMINISTRATOR},
)
