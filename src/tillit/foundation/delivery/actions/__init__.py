"""Every change of delivery, as named acts."""

from tillit.foundation.delivery.actions.choosing import ChosenMeanwhile, choose
from tillit.foundation.delivery.actions.giving_up import go_on
from tillit.foundation.delivery.actions.phones import empty_phones, end_phones_of, enrol, meet, wipe, wipe_of_employee
from tillit.foundation.delivery.actions.receiving import Receipt, Received, receive

__all__ = [
    "ChosenMeanwhile",
    "Receipt",
    "Received",
    "choose",
    "empty_phones",
    "end_phones_of",
    "enrol",
    "go_on",
    "meet",
    "receive",
    "wipe",
    "wipe_of_employee",
]
