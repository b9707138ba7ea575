"""What one may do with notices, and who may."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import IN_THE_TEAM

READ_NOTICES = define("notices.read_notices", _("Se beskjeder i teamet"), IN_THE_TEAM)
WRITE_NOTICE = define("notices.write_notice", _("Skrive en beskjed"), IN_THE_TEAM)
ANSWER_NOTICE = define("notices.answer_notice", _("Ta en beskjed og svare på den"), IN_THE_TEAM)
