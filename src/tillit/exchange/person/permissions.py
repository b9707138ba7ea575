"""What one may do with all that is stored about one person."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import Role

EXPORT_PERSON = define(
    "person.export", _("Hente ut alt om en bruker"), {Role.CASE_WORKER, Role.TEAM_LEADER, Role.DISTRICT_LEADER}
)
