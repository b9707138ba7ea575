"""What is written of surveys."""

from tillit.learning.surveys.forms.asking import AskForm, NextStepForm
from tillit.learning.surveys.forms.building import HeadForm, QuestionForm, ThemeForm
from tillit.learning.surveys.forms.gatherings import GatheringForm, StatementForm

__all__ = ["AskForm", "GatheringForm", "HeadForm", "NextStepForm", "QuestionForm", "StatementForm", "ThemeForm"]
