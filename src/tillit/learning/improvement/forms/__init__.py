"""What is written of pilots."""

from tillit.learning.improvement.forms.baselines import FreezeForm, IndicatorsForm, WithoutForm
from tillit.learning.improvement.forms.benefits import BenefitForm, ConfirmForm
from tillit.learning.improvement.forms.pilots import EditPilotForm, EndForm, LogForm, PilotForm, TeamForm

__all__ = [
    "BenefitForm",
    "ConfirmForm",
    "EditPilotForm",
    "EndForm",
    "FreezeForm",
    "IndicatorsForm",
    "LogForm",
    "PilotForm",
    "TeamForm",
    "WithoutForm",
]
