"""What one may do with care plans, and who may."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import IN_THE_TEAM

READ_PLAN = define("careplans.read_plan", _("Se tiltaksplanen"), IN_THE_TEAM)
WRITE_PLAN = define("careplans.write_plan", _("Skrive i et utkast til tiltaksplan"), IN_THE_TEAM)
START_PLAN = define("careplans.start_plan", _("Ta en tiltaksplan i bruk"), IN_THE_TEAM)
ADJUST_PLAN = define("careplans.adjust_plan", _("Justere tiltaksplanen innenfor rammen av vedtaket"), IN_THE_TEAM)
RECORD_PROGRESS = define("careplans.record_progress", _("Skrive hvordan det går med et mål"), IN_THE_TEAM)
