"""How a decision was told, and until when one may appeal: shown as guidance, never used to refuse anything."""

from dataclasses import dataclass
from datetime import date, timedelta

from tillit.care.decisions.models import CasePractice, Decision, Notice, NoticeWay
from tillit.care.decisions.rules.deadlines import appeal_last_day, latest_appeal
from tillit.kernel.red_days import is_red


@dataclass(frozen=True, slots=True)
class AppealPeriod:
    """starts_on: when she knew enough to appeal. latest: after that no appeal can be taken at all (fvl § 31)."""

    starts_on: date
    last_day: date
    latest: date


def appeal_period(decision: Decision) -> AppealPeriod | None:
    """Return the appeal period; None before the decision is told.

    It starts when the notice reached her; when she asked for reasons afterwards, from when those did (fvl § 29).
    """
    starts_on = decision.reasons_known_on or decision.known_on
    if starts_on is None:
        return None
    return AppealPeriod(starts_on, appeal_last_day(starts_on, is_red=is_red), latest_appeal(decision.decided_on))


def expected_last_day(on: date, *, practice: CasePractice) -> date:
    """Return the last day to appeal when a letter goes by post on a day: what the letter itself names."""
    return appeal_last_day(reached_on(NoticeWay.POST, on, practice=practice), is_red=is_red)


def reached_on(way: NoticeWay, sent_on: date, *, practice: CasePractice) -> date:
    """Return when a notice is taken to have reached her: at once, by post after the municipality's days."""
    return sent_on + timedelta(days=practice.post_days) if way is NoticeWay.POST else sent_on


def notices_of(decision: Decision) -> list[Notice]:
    """Return how a decision was told, oldest first."""
    return list(decision.notices.select_related("told_by").order_by("told_at", "pk"))


def letter_owed(notices: list[Notice]) -> bool:
    """Whether it has only been told by mouth, so that the letter is still to follow (fvl § 27)."""
    return bool(notices) and all(notice.way == NoticeWay.ORALLY for notice in notices)
