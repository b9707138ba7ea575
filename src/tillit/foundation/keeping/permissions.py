"""What one may do with keys."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import Role

#: The whole installation's keys: an operator's command, as the system.
KEEP_KEYS = define("keeping.keep_keys", _("Bytte nøklene som verner fødselsnumre"), {Role.ADMINISTRATOR})
