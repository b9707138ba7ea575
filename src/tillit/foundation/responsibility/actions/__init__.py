"""Everything that can be done with models and duties. Other apps import from here."""

from tillit.foundation.responsibility.actions.arranging import (
    DutyRefused,
    arrange_duty,
    end_duty,
    make_duty,
    make_usual_duties,
)
from tillit.foundation.responsibility.actions.holding import DutyCannotBeHeld, give_back_duty, take_duty
from tillit.foundation.responsibility.actions.models_in_use import ModelRefused, follow_model, ship_models

__all__ = [
    "DutyCannotBeHeld",
    "DutyRefused",
    "ModelRefused",
    "arrange_duty",
    "end_duty",
    "follow_model",
    "give_back_duty",
    "make_duty",
    "make_usual_duties",
    "ship_models",
    "take_duty",
]
