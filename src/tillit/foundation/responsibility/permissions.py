"""What one may do with models and duties."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import EMPLOYED, EVERYBODY, IN_THE_TEAM, Role

SEE_MODELS = define("responsibility.see_models", _("Se hvem som gjør hva i hver modell"), EVERYBODY)
KEEP_MODELS = define("responsibility.keep_models", _("Legge inn modeller"), {Role.ADMINISTRATOR})
MAKE_VARIANTS = define(
    "responsibility.make_variants",
    _("Lage og endre egne varianter av modellene"),
    {Role.DISTRICT_LEADER, Role.ADMINISTRATOR},
)
FOLLOW_MODEL = define(
    "responsibility.follow_model",
    _("Bestemme hvilken modell et team følger"),
    {Role.DISTRICT_LEADER, Role.ADMINISTRATOR},
)
#: At the top: principles are the whole municipality's.
KEEP_PRINCIPLES = define(
    "responsibility.keep_principles",
    _("Endre kommunens prinsipper"),
    {Role.DISTRICT_LEADER, Role.PROJECT_LEADER, Role.ADMINISTRATOR},
)
SEE_DUTIES = define("responsibility.see_duties", _("Se hvem som har hvilken vakt"), EMPLOYED)
HOLD_DUTIES = define("responsibility.hold_duties", _("Ta eller gi bort en vakt i teamet"), IN_THE_TEAM)
ARRANGE_DUTIES = define(
    "responsibility.arrange_duties",
    _("Bestemme hvilke vakter teamet har, og hvem som går dem"),
    IN_THE_TEAM | {Role.DISTRICT_LEADER},
)
