"""What one may do with cases. To decide, a permission is not enough: authority is asked for besides, each time."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import BESIDE_THE_WORK, EVERYBODY, IN_THE_TEAM, Role

#: Those who assess and propose.
_WORKERS = frozenset({Role.NURSE, Role.THERAPIST, Role.CASE_WORKER, Role.TEAM_LEADER})

READ_CASE = define("decisions.read_case", _("Se saker"), IN_THE_TEAM | {Role.DISTRICT_LEADER})
#: Counted, without names, small groups hidden. Whoever does not read cases gets whole quarters only.
READ_NUMBERS = define(
    "decisions.read_numbers", _("Se saker i tall, uten navn"), READ_CASE.roles | {Role.PROJECT_LEADER, Role.RESEARCHER}
)
REGISTER_CASE = define("decisions.register_case", _("Ta imot en søknad eller henvendelse"), IN_THE_TEAM)
WORK_CASE = define("decisions.work_case", _("Arbeide med en sak"), _WORKERS)
HAND_OVER_CASE = define("decisions.hand_over_case", _("Sende en sak til andre, og svare når noen sender"), _WORKERS)
DECIDE_CASE = define(
    "decisions.decide_case",
    _("Fatte vedtak når du har fått myndighet til det"),
    EVERYBODY - BESIDE_THE_WORK,
)
HANDLE_APPEAL = define(
    "decisions.handle_appeal", _("Behandle en klage"), {Role.CASE_WORKER, Role.TEAM_LEADER, Role.DISTRICT_LEADER}
)
KEEP_PRACTICE = define(
    "decisions.keep_practice",
    _("Bestemme kommunens egne frister og satser"),
    {Role.DISTRICT_LEADER, Role.ADMINISTRATOR},
)
