"""What one may do with login beyond one's own."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import Role

SET_RULES = define("login.set_rules", _("Bestemme reglene for innlogging"), {Role.ADMINISTRATOR})
