"""What one may do with people, shifts and absences."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import EVERYBODY, IN_THE_TEAM, Role

LEADERS = frozenset({Role.TEAM_LEADER, Role.DISTRICT_LEADER})

SEE_SHIFTS = define("workforce.see_shifts", _("Se vaktlista til teamet"), IN_THE_TEAM | LEADERS | {Role.ADMINISTRATOR})
REPORT_OWN_ABSENCE = define("workforce.report_own_absence", _("Melde eget fravær"), EVERYBODY)
REPORT_ABSENCE = define("workforce.report_absence", _("Melde fravær for andre"), LEADERS)
SEE_ABSENCE_KIND = define("workforce.see_absence_kind", _("Se hva slags fravær det er"), LEADERS)
PLAN_SHIFTS = define("workforce.plan_shifts", _("Legge til og ta bort vakter"), LEADERS)
KEEP_ACCOUNTS = define("workforce.keep_accounts", _("Gi folk innlogging og roller"), {Role.ADMINISTRATOR})
KEEP_STAFF_LISTS = define(
    "workforce.keep_staff_lists", _("Vedlikeholde medarbeidere og kompetanse"), {Role.ADMINISTRATOR}
)
