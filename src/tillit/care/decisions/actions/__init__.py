"""What one can do with cases. Other apps import from here."""

from tillit.care.decisions.actions.application import Asked, NewApplicant, NewCitizen
from tillit.care.decisions.actions.assessing import Written, finish_assessment, save_assessment, start_assessment
from tillit.care.decisions.actions.choosing import record_choice
from tillit.care.decisions.actions.facts_from_others import add_fact, conclude_capacity, leave_fact_unshown, show_fact
from tillit.care.decisions.actions.holding import (
    accept_case,
    offer_case,
    send_back_case,
    set_case_worker,
    take_back_offer,
)
from tillit.care.decisions.actions.notes import (
    add_note,
    end_disqualification,
    record_disqualification,
    withdraw_case,
)
from tillit.care.decisions.actions.party import address_party
from tillit.care.decisions.actions.proposing import LineDraft, ProposalDraft, save_proposal, send_proposal
from tillit.care.decisions.actions.receiving import make_application, receive_case, tell_receipt
from tillit.care.decisions.actions.refusals import BLOCK_WORDS, CaseRefused, FieldRefused, StepBlocked
from tillit.care.decisions.actions.urgent import start_urgently

__all__ = [
    "BLOCK_WORDS",
    "Asked",
    "CaseRefused",
    "FieldRefused",
    "LineDraft",
    "NewApplicant",
    "NewCitizen",
    "ProposalDraft",
    "StepBlocked",
    "Written",
    "accept_case",
    "add_fact",
    "add_note",
    "address_party",
    "conclude_capacity",
    "end_disqualification",
    "finish_assessment",
    "leave_fact_unshown",
    "make_application",
    "offer_case",
    "receive_case",
    "record_choice",
    "record_disqualification",
    "save_assessment",
    "save_proposal",
    "send_back_case",
    "send_proposal",
    "set_case_worker",
    "show_fact",
    "start_assessment",
    "start_urgently",
    "take_back_offer",
    "tell_receipt",
    "withdraw_case",
]
