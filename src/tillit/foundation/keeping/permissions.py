"""What one may do with keys, and with how long data is kept."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import Role

#: The whole installation's keys: an operator's command, as the system.
KEEP_KEYS = define("keeping.keep_keys", _("Bytte nøklene som verner fødselsnumre"), {Role.ADMINISTRATOR})
SEE_RETENTION = define(
    "keeping.see_retention",
    _("Se hva som oppbevares hvor lenge"),
    {Role.DISTRICT_LEADER, Role.PRIVACY_REVIEWER, Role.ADMINISTRATOR},
)
#: The controller decides and holds; the privacy reviewer looks after it, and so decides nothing (art. 38 no. 6).
DECIDE_RETENTION = define(
    "keeping.decide_retention", _("Bestemme hvor lenge opplysninger oppbevares"), {Role.ADMINISTRATOR}
)
HOLD_DATA = define(
    "keeping.hold_data", _("Sperre opplysninger mot sletting"), {Role.ADMINISTRATOR, Role.DISTRICT_LEADER}
)
HOLD_CITIZEN = define(
    "keeping.hold_citizen",
    _("Sperre det som er lagret om en bruker mot sletting"),
    {Role.CASE_WORKER, Role.TEAM_LEADER, Role.DISTRICT_LEADER},
)
#: The night's work, as the system.
DELETE_DUE = define("keeping.delete_due", _("Slette det som ikke skal oppbevares lenger"), {Role.ADMINISTRATOR})
