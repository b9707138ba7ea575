"""The words dates and times are written with, in each language of the product."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One language's way of writing dates, times and numbers."""

    weekdays: tuple[str, ...]
    weekdays_short: tuple[str, ...]
    months: tuple[str, ...]
    months_short: tuple[str, ...]
    day_after_number: str
    at_clock: str
    time_separator: str
    decimal: str
    thousands: str
    percent: str
    week: str
    hours: str
    minutes: str
    today: str
    yesterday: str
    tomorrow: str
    in_days: str
    one_over: str
    days_over: str
    was_due_at: str
    due_by: str
    just_now: str
    minutes_ago: str
    hours_ago: str
    day_separator: str


NB = Words(
    weekdays=("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    weekdays_short=("ma", "ti", "on", "to", "fr", "lø", "sø"),
    months=(
        "januar",
        "februar",
        "mars",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "desember",
    ),
    months_short=(
        "jan.",
        "feb.",
        "mars",
        "april",
        "mai",
        "juni",
        "juli",
        "aug.",
        "sep.",
        "okt.",
        "nov.",
        "des.",
    ),
    day_after_number=".",
    at_clock="kl. ",
    time_separator=".",
    decimal=",",
    thousands="\u00a0",
    percent="\u00a0%",
    week="uke {number}",
    hours="{number} t",
    minutes="{number} min",
    today="i dag",
    yesterday="i går",
    tomorrow="i morgen",
    in_days="om {number} dager",
    one_over="1 dag over",
    days_over="{number} dager over",
    was_due_at="Fristen var kl. {time}",
    due_by="Innen kl. {time}",
    just_now="nå nettopp",
    minutes_ago="for {number} min siden",
    hours_ago="for {number} t siden",
    day_separator=".",
)

NN = Words(
    weekdays=("måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "sundag"),
    weekdays_short=("må", "ty", "on", "to", "fr", "la", "su"),
    months=NB.months,
    months_short=NB.months_short,
    day_after_number=".",
    at_clock="kl. ",
    time_separator=".",
    decimal=",",
    thousands="\u00a0",
    percent="\u00a0%",
    week="veke {number}",
    hours="{number} t",
    minutes="{number} min",
    today="i dag",
    yesterday="i går",
    tomorrow="i morgon",
    in_days="om {number} dagar",
    one_over="1 dag over",
    days_over="{number} dagar over",
    was_due_at="Fristen var kl. {time}",
    due_by="Innan kl. {time}",
    just_now="no nettopp",
    minutes_ago="for {number} min sidan",
    hours_ago="for {number} t sidan",
    day_separator=".",
)

EN = Words(
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    weekdays_short=("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"),
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    months_short=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    day_after_number="",
    at_clock="at ",
    time_separator=":",
    decimal=".",
    thousands=",",
    percent="%",
    week="week {number}",
    hours="{number} h",
    minutes="{number} min",
    today="today",
    yesterday="yesterday",
    tomorrow="tomorrow",
    in_days="in {number} days",
    one_over="1 day over",
    days_over="{number} days over",
    was_due_at="Was due at {time}",
    due_by="By {time}",
    just_now="just now",
    minutes_ago="{number} min ago",
    hours_ago="{number} h ago",
    day_separator="/",
)


def words(language: str) -> Words:
    """The words of a language code such as "nb", "nn" or "en-gb"; bokmål when it is unknown."""
    return {"nn": NN, "en": EN}.get(language.split("-")[0].lower(), NB)
