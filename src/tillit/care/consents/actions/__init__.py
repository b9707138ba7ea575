"""Every change of who is let in, as named acts."""

from tillit.care.consents.actions.accounts import NotAnEmployees, OneLoginOnly, open_private_account
from tillit.care.consents.actions.consenting import (
    ConsentIncomplete,
    GivenAlready,
    NotHersToEnd,
    end_consent,
    end_own_part,
    give_part,
    record_consent,
)
from tillit.care.consents.actions.inviting import let_somebody_in
from tillit.care.consents.actions.recognising import NoNumber, know_by_number, let_her_log_in, services_for_citizens

__all__ = [
    "ConsentIncomplete",
    "GivenAlready",
    "NoNumber",
    "NotAnEmployees",
    "NotHersToEnd",
    "OneLoginOnly",
    "end_consent",
    "end_own_part",
    "give_part",
    "know_by_number",
    "let_her_log_in",
    "let_somebody_in",
    "open_private_account",
    "record_consent",
    "services_for_citizens",
]
