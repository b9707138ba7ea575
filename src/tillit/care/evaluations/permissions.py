"""What one may do with evaluations and measures, and who may."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import IN_THE_TEAM

READ_EVALUATIONS = define("evaluations.read_evaluations", _("Se evalueringer og målinger"), IN_THE_TEAM)
EVALUATE_GOAL = define("evaluations.evaluate_goal", _("Evaluere et mål sammen med brukeren"), IN_THE_TEAM)
MEASURE = define("evaluations.measure", _("Skrive inn målinger med COPM, PSFS og SPPB"), IN_THE_TEAM)
