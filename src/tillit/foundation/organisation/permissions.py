"""What one may do with the map of the organisation."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import EMPLOYED, Role

SEE_ORGANISATION = define("organisation.see", _("Se organisasjonen"), EMPLOYED)
EDIT_UNIT = define(
    "organisation.edit_unit",
    _("Endre opplysninger om teamet"),
    {Role.TEAM_LEADER, Role.DISTRICT_LEADER, Role.ADMINISTRATOR},
)
SET_PURPOSE = define(
    "organisation.set_purpose",
    _("Bestemme hva en enhet er til for, når modellene legger ansvar dit"),
    {Role.DISTRICT_LEADER, Role.ADMINISTRATOR},
)
MAKE_UNIT = define("organisation.make_unit", _("Opprette eller flytte en enhet"), {Role.ADMINISTRATOR})
DRAW_AREA = define(
    "organisation.draw_area", _("Bestemme hvilket område et team har"), {Role.DISTRICT_LEADER, Role.ADMINISTRATOR}
)
