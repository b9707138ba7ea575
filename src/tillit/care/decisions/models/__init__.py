"""Stored: cases and their history, assessments, decisions, appeals."""

from tillit.care.decisions.models.appeal import Appeal, AppealEvent, Ground
from tillit.care.decisions.models.assessment import (
    Assessment,
    Assessor,
    CapacityAssessment,
    FunctionScore,
    OutsideFact,
)
from tillit.care.decisions.models.case import (
    SPEAKS_FOR_CITIZEN,
    Case,
    CaseSeries,
    Channel,
    Line,
    Origin,
)
from tillit.care.decisions.models.decision import (
    AdvanceNotice,
    Decision,
    DecisionLine,
    Notice,
    NoticeWay,
    TemporaryStop,
)
from tillit.care.decisions.models.history import CaseEvent, CaseNote
from tillit.care.decisions.models.holding import Disqualification, Holding, ProviderChoice
from tillit.care.decisions.models.practice import CasePractice, ChargeRate

__all__ = [
    "SPEAKS_FOR_CITIZEN",
    "AdvanceNotice",
    "Appeal",
    "AppealEvent",
    "Assessment",
    "Assessor",
    "CapacityAssessment",
    "Case",
    "CaseEvent",
    "CaseNote",
    "CasePractice",
    "CaseSeries",
    "Channel",
    "ChargeRate",
    "Decision",
    "DecisionLine",
    "Disqualification",
    "FunctionScore",
    "Ground",
    "Holding",
    "Line",
    "Notice",
    "NoticeWay",
    "Origin",
    "OutsideFact",
    "ProviderChoice",
    "TemporaryStop",
]
