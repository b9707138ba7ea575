"""What one can do with the therapists' cases."""

from tillit.care.therapy.actions.handing_over import hand_over
from tillit.care.therapy.actions.holding import change_priority, give_back, take_case
from tillit.care.therapy.actions.joint import answer_joint, ask_joint, leave_joint
from tillit.care.therapy.actions.opening import TherapyRefused
from tillit.care.therapy.actions.referring import Referral, decide_terms, open_group, refer
from tillit.care.therapy.actions.writing import close_case, write_in_case

__all__ = [
    "Referral",
    "TherapyRefused",
    "answer_joint",
    "ask_joint",
    "change_priority",
    "close_case",
    "decide_terms",
    "give_back",
    "hand_over",
    "leave_joint",
    "open_group",
    "refer",
    "take_case",
    "write_in_case",
]
