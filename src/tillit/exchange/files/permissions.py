"""What one may do with spreadsheets."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import Role

IMPORT = define(
    "files.import", _("Lese inn fra regneark"), {Role.ADMINISTRATOR, Role.TEAM_LEADER, Role.DISTRICT_LEADER}
)
EXPORT = define(
    "files.export", _("Hente ut til regneark"), {Role.ADMINISTRATOR, Role.TEAM_LEADER, Role.DISTRICT_LEADER}
)
EXPORT_CITIZENS = define(
    "files.export_citizens", _("Hente ut brukere og tjenester"), {Role.TEAM_LEADER, Role.DISTRICT_LEADER}
)
