"""What one may do with a team's work lists."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import IN_THE_TEAM, Role

SEE_LISTS = define("planning.see_lists", _("Se arbeidslistene"), IN_THE_TEAM | {Role.DISTRICT_LEADER})
#: Held by everybody in the team; the team's own choice (everyone, or allocators only) comes on top: actions.desk.
ALLOCATE = define("planning.allocate", _("Fordele besøk på arbeidslistene"), IN_THE_TEAM | {Role.DISTRICT_LEADER})
#: Of one's own, on lists in use: no team keeps this for its allocators. What changes is seen by them on the board.
SHARE_VISITS = define("planning.share_visits", _("Gi egne besøk til kolleger, og ta ledige"), IN_THE_TEAM)
PUBLISH_LISTS = define("planning.publish", _("Ta arbeidslistene i bruk"), IN_THE_TEAM | {Role.DISTRICT_LEADER})
SEE_NOTICE = define("planning.see_notice", _("Kvittere for endringer på egen liste"), IN_THE_TEAM)
SEE_BOARD = define("planning.see_board", _("Se teamtavla"), IN_THE_TEAM | {Role.DISTRICT_LEADER})
