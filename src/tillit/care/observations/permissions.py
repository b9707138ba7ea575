"""What one may do with observations, and who may."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import IN_THE_TEAM, Role

READ_OBSERVATIONS = define("observations.read_observations", _("Se observasjoner"), IN_THE_TEAM)
OBSERVE = define("observations.observe", _("Si hva hun ser eller måler hos en bruker"), IN_THE_TEAM)
FOLLOW_WATCH = define("observations.follow_watch", _("Følge opp når noe ikke er som vanlig"), IN_THE_TEAM)
#: The scale leaves it to a nurse how often, and whether it is over.
JUDGE_WATCH = define(
    "observations.judge_watch",
    _("Avgjøre at en bruker er bedre, og hvor lenge neste måling kan vente"),
    {Role.NURSE, Role.TEAM_LEADER},
)
SET_USUAL = define("observations.set_usual", _("Skrive hva som er vanlig for en bruker"), IN_THE_TEAM)
SET_SCALE = define("observations.set_scale", _("Velge skala for oksygenmetning"), {Role.NURSE})
