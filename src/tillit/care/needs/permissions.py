"""What one may do with the conversation about what matters, and who may."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import IN_THE_TEAM, Role

READ_WORDS = define("needs.read_words", _("Se hva som er viktig for brukeren"), IN_THE_TEAM | {Role.DISTRICT_LEADER})
HOLD_CONVERSATION = define("needs.hold_conversation", _("Ha samtalen om hva som er viktig"), IN_THE_TEAM)
READ_TEMPLATES = define(
    "needs.read_templates", _("Se samtalemaler"), IN_THE_TEAM | {Role.DISTRICT_LEADER, Role.PROJECT_LEADER}
)
CHANGE_TEMPLATE = define(
    "needs.change_template",
    _("Lage en ny versjon av samtalemalen"),
    {Role.TEAM_LEADER, Role.DISTRICT_LEADER, Role.PROJECT_LEADER},
)
