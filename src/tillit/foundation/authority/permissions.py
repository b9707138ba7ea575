"""What one may do with services, delegations and acting leaders. Registering authority is not holding it."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import EMPLOYED, Role

SEE = define("authority.see", _("Se hvem som kan avgjøre hva"), EMPLOYED)
KEEP = define(
    "authority.keep",
    _("Registrere delegeringer, og hvem som er fungerende leder"),
    {Role.DISTRICT_LEADER, Role.ADMINISTRATOR},
)
KEEP_SERVICES = define("authority.keep_services", _("Legge inn tjenester"), {Role.ADMINISTRATOR})
