"""What the forms about citizens hold. Rules that must hold everywhere are in the actions."""

from tillit.care.citizens.forms.ending import CarryOnForm, DeathForm, EndHelpForm, ResumeForm
from tillit.care.citizens.forms.facts import FactsForm, NumberForm
from tillit.care.citizens.forms.home import FollowingForm, HomeForm, MoveForm, WayInForm
from tillit.care.citizens.forms.people import NetworkForm, ResponsibleForm, WishForm
from tillit.care.citizens.forms.register import RegisterForm
from tillit.care.citizens.forms.whereabouts import AlertForm, AwayForm

__all__ = [
    "AlertForm",
    "AwayForm",
    "CarryOnForm",
    "DeathForm",
    "EndHelpForm",
    "FactsForm",
    "FollowingForm",
    "HomeForm",
    "MoveForm",
    "NetworkForm",
    "NumberForm",
    "RegisterForm",
    "ResponsibleForm",
    "ResumeForm",
    "WayInForm",
    "WishForm",
]
