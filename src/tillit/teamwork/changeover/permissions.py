"""What one may do at a change of shift, and who may."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import IN_THE_TEAM

READ_BOARD = define("changeover.read_board", _("Lese hva som er nytt ved vaktskifte"), IN_THE_TEAM)
WRITE_LINE = define("changeover.write_line", _("Legge til en linje til neste vakt"), IN_THE_TEAM)
