"""What one may do with letters and their templates, and who may."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import IN_THE_TEAM, Role

READ_LETTERS = define("letters.read_letters", _("Se brev til brukeren"), IN_THE_TEAM | {Role.DISTRICT_LEADER})
#: Whoever may send which letter is asked by the case it belongs to; this is the door to the archive.
KEEP_LETTER = define("letters.keep_letter", _("Ta vare på et brev som sendes"), IN_THE_TEAM | {Role.DISTRICT_LEADER})
READ_TEMPLATES = define(
    "letters.read_templates",
    _("Se brevmaler"),
    {Role.CASE_WORKER, Role.NURSE, Role.TEAM_LEADER, Role.DISTRICT_LEADER, Role.ADMINISTRATOR},
)
CHANGE_TEMPLATES = define(
    "letters.change_templates", _("Endre brevmaler og ta dem i bruk"), {Role.DISTRICT_LEADER, Role.ADMINISTRATOR}
)
