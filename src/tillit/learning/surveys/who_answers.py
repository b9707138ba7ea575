"""Words that forms and pages share."""

from django.utils.translation import gettext_lazy as _

from tillit.learning.surveys.rules.shipped import CITIZENS, GATHERING, RELATIVES, TEAM

#: Who answers an instrument, in the order they are offered.
WHO = (
    (TEAM, _("De som arbeider i teamet")),
    (CITIZENS, _("Brukere, med kort")),
    (RELATIVES, _("Pårørende, med kort")),
    (GATHERING, _("De som var på en samling, med kort")),
)
