"""Everything that can be done with models and duties. Other apps import from here."""

from tillit.foundation.responsibility.actions.arranging import (
    DutyRefused,
    arrange_duty,
    end_duty,
    make_duty,
    make_usual_duties,
)
from tillit.foundation.responsibility.actions.enacting import EnactmentRefused, put_into_force, take_back_enactment
from tillit.foundation.responsibility.actions.holding import DutyCannotBeHeld, give_back_duty, take_duty
from tillit.foundation.responsibility.actions.models_in_use import ModelRefused, follow_model, ship_models
from tillit.foundation.responsibility.actions.principles import MOST as MOST_PRINCIPLES
from tillit.foundation.responsibility.actions.principles import PrinciplesRefused, keep_principles, ship_principles
from tillit.foundation.responsibility.actions.variants import (
    NotADraft,
    VariantRefused,
    adjust_model,
    change_cell,
    copy_model,
    discard_draft,
    name_variant,
    undo_cell,
)

__all__ = [
    "MOST_PRINCIPLES",
    "DutyCannotBeHeld",
    "DutyRefused",
    "EnactmentRefused",
    "ModelRefused",
    "NotADraft",
    "PrinciplesRefused",
    "VariantRefused",
    "adjust_model",
    "arrange_duty",
    "change_cell",
    "copy_model",
    "discard_draft",
    "end_duty",
    "follow_model",
    "give_back_duty",
    "keep_principles",
    "make_duty",
    "make_usual_duties",
    "name_variant",
    "put_into_force",
    "ship_models",
    "ship_principles",
    "take_back_enactment",
    "take_duty",
    "undo_cell",
]
