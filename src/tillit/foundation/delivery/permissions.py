"""What one may do with phones and with what did not go through. One's own takes no permission but to be signed in."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import Role

LEADERS = frozenset({Role.TEAM_LEADER, Role.DISTRICT_LEADER})

WIPE_PHONE = define("delivery.wipe_phone", _("Tømme telefonen til en medarbeider"), LEADERS | {Role.ADMINISTRATOR})
SEE_LEFT_LYING = define(
    "delivery.see_left_lying", _("Se det som ikke gikk igjennom, når den som skrev det, ikke kan"), LEADERS
)
