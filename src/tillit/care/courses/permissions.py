"""What one may do with courses of everyday rehabilitation, and who may."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import IN_THE_TEAM, Role

READ_COURSES = define("courses.read_courses", _("Se hverdagsrehabilitering"), IN_THE_TEAM)
WRITE_COURSE = define("courses.write_course", _("Starte, endre og avslutte hverdagsrehabilitering"), IN_THE_TEAM)
DECIDE_TERMS = define(
    "courses.decide_terms",
    _("Bestemme hvor lenge hverdagsrehabilitering vanligvis varer"),
    {Role.DISTRICT_LEADER, Role.ADMINISTRATOR},
)
