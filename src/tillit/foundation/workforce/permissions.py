"""What one may do with people, shifts and absences."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import Permission, define
from tillit.foundation.access.roles import EMPLOYED, IN_THE_TEAM, Role

LEADERS = frozenset({Role.TEAM_LEADER, Role.DISTRICT_LEADER})

SEE_SHIFTS = define("workforce.see_shifts", _("Se vaktlista til teamet"), IN_THE_TEAM | LEADERS | {Role.ADMINISTRATOR})
REPORT_OWN_ABSENCE = define("workforce.report_own_absence", _("Melde eget fravær"), EMPLOYED)
REPORT_ABSENCE = define("workforce.report_absence", _("Melde fravær for andre"), LEADERS)
SEE_ABSENCE_KIND = define("workforce.see_absence_kind", _("Se hva slags fravær det er"), LEADERS)
PLAN_SHIFTS = define("workforce.plan_shifts", _("Legge til og ta bort vakter"), LEADERS)
KEEP_ACCOUNTS = define("workforce.keep_accounts", _("Gi folk innlogging og roller"), {Role.ADMINISTRATOR})
GIVE_LOGIN = define(
    "workforce.give_login",
    _("Gi medarbeidere innlogging, og stenge den"),
    LEADERS | {Role.ADMINISTRATOR},
)
GIVE_TEAM_ROLE = define("workforce.give_team_role", _("Gi og avslutte roller i teamet"), LEADERS | {Role.ADMINISTRATOR})
GIVE_TEAM_LEADER = define(
    "workforce.give_team_leader",
    _("Gi og avslutte rollen som teamleder"),
    {Role.DISTRICT_LEADER, Role.ADMINISTRATOR},
)
GIVE_OTHER_ROLE = define(
    "workforce.give_other_role", _("Gi og avslutte andre roller enn dem i teamet"), {Role.ADMINISTRATOR}
)
EXPORT_EMPLOYEE = define("workforce.export_employee", _("Hente ut alt om en medarbeider"), LEADERS)
KEEP_STAFF_LISTS = define(
    "workforce.keep_staff_lists", _("Vedlikeholde medarbeidere og kompetanse"), {Role.ADMINISTRATOR}
)

#: Which permission it takes to give each role, in the unit where it is to be held. It is also what it takes to make a
#: link for somebody who holds it: whoever makes a link could use it, so it opens only what she could have given.
TO_GIVE: dict[Role, Permission] = {
    **dict.fromkeys(IN_THE_TEAM - {Role.TEAM_LEADER}, GIVE_TEAM_ROLE),
    Role.TEAM_LEADER: GIVE_TEAM_LEADER,
    Role.DISTRICT_LEADER: GIVE_OTHER_ROLE,
    Role.PROJECT_LEADER: GIVE_OTHER_ROLE,
    Role.REPRESENTATIVE: GIVE_OTHER_ROLE,
    Role.ADMINISTRATOR: GIVE_OTHER_ROLE,
    Role.PRIVACY_REVIEWER: GIVE_OTHER_ROLE,
    Role.RESEARCHER: GIVE_OTHER_ROLE,
}
#: Administrators read in whole municipalities; leaders read in for their own teams. Roles and logins take what it
#: takes to give them one by one.
TAKE_IN = define(
    "workforce.take_in",
    _("Lese inn medarbeidere og vakter fra et regneark"),
    LEADERS | {Role.ADMINISTRATOR},
)
