"""Both sides of the answer to «hva om …?»: a headline, the numbers, who would be without, a picture of the spread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.citizens import queries as citizens
from tillit.teamwork.planning import words
from tillit.teamwork.planning.contexts.whatif_words import number_in_words, team_in_words
from tillit.teamwork.planning.queries.whatif import WhatIfView
from tillit.teamwork.planning.rules.whatif import Kind
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Column, DataTable, TableRow, Tag

SHOWN = ("uncovered", "travel", "faces", "strangers", "late", "overtime", "fullest", "uneven")
"""The numbers of the table, in order: who goes without first. All of them are better the less there is."""
ALWAYS = frozenset({"uncovered", "travel", "faces", "fullest"})
"""The others are left out where they are nothing on both sides."""
PICTURED = ("uncovered", "travel", "faces")
DECIMALS = {"faces": 2}
WIDTH, LEFT, RIGHT = 360, 78, 344
"""The picture's width, and where its axis begins and ends."""


@dataclass(frozen=True, slots=True)
class Dots:
    """One number in every run, as dots on a line: the runs before hollow, the runs after filled."""

    name: str
    finding: str = field(metadata={"help": "What the picture shows, in a sentence"})
    before: tuple[str, ...] = field(metadata={"help": "Where each dot is, in the picture's own measure"})
    after: tuple[str, ...]
    least: str
    most: str
    is_flat: bool = field(metadata={"help": "All runs the same: one place, one word under it"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands on the page when both sides are planned."""

    headline: str
    explained: str
    tone: str = field(metadata={"help": "success: fewer go without. Red is for what is so, not for what is thought"})
    numbers: DataTable
    pictures: tuple[Dots, ...]
    pictures_title: str
    runs: DataTable
    without_title: str
    without: DataTable | None = field(metadata={"help": "Visits that lack somebody on either side; None without any"})
    teams: DataTable | None = field(metadata={"help": "Team for team, where there are two of them on a side"})
    dealt: str = field(metadata={"help": "Who went with the chosen part of a team; empty for other questions"})
    notes: tuple[str, ...]


def answer_of(shown: WhatIfView, *, unit_name: str, given: Mapping[int, str]) -> Answer:
    """Return the answer. Notes the reading of each citizen it names, in a constant number of queries."""
    stored = shown.answer
    values: dict[str, list[list[float]]] = stored["numbers"]
    best = (stored["before"]["best"], stored["after"]["best"])
    names = [name for name in SHOWN if name in ALWAYS or any(any(side) for side in values[name])]
    several = max(len(stored["before"]["teams"]), len(stored["after"]["teams"])) > 1
    return Answer(
        headline=_headline(stored, best),
        explained=_explained(stored, names, best),
        tone="success" if stored["verdicts"]["uncovered"] == "less" else "",
        numbers=_numbers(stored, names, best),
        pictures=tuple(_dots(name, values[name], stored["verdicts"][name]) for name in PICTURED),
        pictures_title=ngettext(
            "%(count)d utregning av hver side", "%(count)d utregninger av hver side", stored["runs"]
        ) % {"count": stored["runs"]},
        runs=_runs(names, values),
        without_title=_without_title(stored),
        without=_without(stored, shown),
        teams=_teams(shown, unit_name) if several else None,
        dealt=_dealt(shown, given),
        notes=_notes(stored, shown.question.kind),
    )  # fmt: skip


def _show(name: str, value: float) -> str:
    if name == "fullest":
        return formats.percent(value, language=page_language())
    return formats.number(value, DECIMALS.get(name, 0), page_language())


def _headline(stored: Mapping[str, Any], best: tuple[int, int]) -> str:
    before, after = (int(stored["numbers"]["uncovered"][side][best[side]]) for side in (0, 1))
    verdict = stored["verdicts"]["uncovered"]
    if verdict == "less":
        return _("Færre blir stående uten utfører: %(after)d besøk, mot %(before)d nå") % {
            "after": after,
            "before": before,
        }
    if verdict == "more":
        return _("Flere blir stående uten utfører: %(after)d besøk, mot %(before)d nå") % {
            "after": after,
            "before": before,
        }
    if not before and not after:
        return _("Alle får besøk, både nå og i det tenkte")
    return _("Om lag like mange står uten utfører: %(after)d besøk, mot %(before)d nå") % {
        "after": after,
        "before": before,
    }


def _explained(stored: Mapping[str, Any], names: Sequence[str], best: tuple[int, int]) -> str:
    """What else is better and what is worse, for certain; or that nothing else is."""
    told: dict[str, list[str]] = {"less": [], "more": []}
    for name in names:
        verdict = stored["verdicts"][name]
        if name != "uncovered" and verdict in told:
            before, after = (stored["numbers"][name][side][best[side]] for side in (0, 1))
            told[verdict].append(
                _("%(what)s (%(before)s → %(after)s)")
                % {
                    "what": number_in_words(name)[0].lower() + number_in_words(name)[1:],
                    "before": _show(name, before),
                    "after": _show(name, after),
                }
            )
    sentences = []
    if told["less"]:
        sentences.append(_("Mindre: %(what)s.") % {"what": words.joined(told["less"])})
    if told["more"]:
        sentences.append(_("Mer: %(what)s.") % {"what": words.joined(told["more"])})
    if not told["less"] and not told["more"]:
        sentences.append(_("De andre tallene er om lag like."))
    if stored["verdicts"]["uncovered"] != "alike" and (told["less"] or told["more"]):
        sentences.append(
            _("Det er ulikt hvor mange besøk som blir gjort, så de andre tallene gjelder ikke samme arbeid.")
        )
    sentences.append(_("Dette er bare tenkt: ingen lister er endret."))
    return " ".join(sentences)


def _numbers(stored: Mapping[str, Any], names: Sequence[str], best: tuple[int, int]) -> DataTable:
    rows = []
    for name in names:
        before, after = (stored["numbers"][name][side][best[side]] for side in (0, 1))
        rows.append(
            TableRow(
                (
                    number_in_words(name),
                    _show(name, before),
                    _show(name, after),
                    _verdict(
                        stored["verdicts"][name],
                        same=_show(name, before) == _show(name, after),
                        means=name == "uncovered" or stored["verdicts"]["uncovered"] == "alike",
                    ),
                )
            )
        )
    return DataTable(
        caption=_("Tallene side om side"),
        columns=(
            Column(_("Det vi teller")),
            Column(_("Nå"), right=True),
            Column(_("Tenkt"), right=True),
            Column(_("Forskjell")),
        ),
        rows=tuple(rows),
    )


def _verdict(verdict: str, *, same: bool, means: bool) -> Tag:
    """means: whether less is better; where one side leaves more visits out, less driving is no gain."""
    if verdict == "less":
        return Tag(_("Mindre"), "success" if means else "neutral")
    if verdict == "more":
        return Tag(_("Mer"), "warning" if means else "neutral")
    return Tag(_("Likt") if same else _("Om lag likt"))


def _dots(name: str, values: Sequence[Sequence[float]], verdict: str) -> Dots:
    every = [each for side in values for each in side]
    least, most = min(every), max(every)
    before, after = ([_at(each, least, most) for each in side] for side in values)
    finding = {
        "less": _("Alle utregningene gir mindre i det tenkte enn nå."),
        "more": _("Alle utregningene gir mer i det tenkte enn nå."),
        "alike": _("Utregningene går i hverandre, så forskjellen kan være tilfeldig."),
    }[verdict]
    if least == most:
        finding = _("Alle utregningene gir det samme.")
    return Dots(
        name=number_in_words(name),
        finding=finding,
        before=tuple(before),
        after=tuple(after),
        least=_show(name, least),
        most=_show(name, most),
        is_flat=least == most,
    )


def _at(value: float, least: float, most: float) -> str:
    """Return where a value is on the axis; in the middle when all values are the same."""
    share = 0.5 if least == most else (value - least) / (most - least)
    return f"{LEFT + share * (RIGHT - LEFT):.1f}"


def _runs(names: Sequence[str], values: Mapping[str, Sequence[Sequence[float]]]) -> DataTable:
    """Every run's numbers, so that the picture is also a table."""
    return DataTable(
        caption=_("Tallene i hver utregning"),
        columns=(Column(_("Det vi teller")), Column(_("Nå")), Column(_("Tenkt"))),
        rows=tuple(
            TableRow(
                (number_in_words(name), *(" · ".join(_show(name, each) for each in side) for side in values[name]))
            )
            for name in names
        ),
    )


def _without_title(stored: Mapping[str, Any]) -> str:
    count = len({each[0] for side in ("before", "after") for each in stored[side]["uncovered"]})
    return ngettext("Hvem blir stående uten? %(count)d besøk", "Hvem blir stående uten? %(count)d besøk", count) % {
        "count": count
    }


def _without(stored: Mapping[str, Any], shown: WhatIfView) -> DataTable | None:
    """Side by side: which visits lack somebody in the best plan of each side, by time."""
    sides = [{each[0] for each in stored[side]["uncovered"]} for side in ("before", "after")]
    visits = {each[0]: each for side in ("before", "after") for each in stored[side]["uncovered"]}
    if not visits:
        return None
    briefs = citizens.briefs(sorted({each[1] for each in visits.values()}), on=shown.on)
    rows = []
    for visit_id, citizen_id, usual_at in sorted(visits.values(), key=lambda each: (each[2], each[0])):
        if citizen_id not in briefs:
            continue
        rows.append(
            TableRow(
                (
                    briefs[citizen_id].name,
                    words.clock(datetime.fromisoformat(usual_at)),
                    *(_state(visit_id in side) for side in sides),
                ),
                href=reverse("citizens:page", args=(citizen_id,)),
            )
        )
    return DataTable(
        caption=_("Besøk uten utfører på hver side"),
        columns=(Column(_("Bruker")), Column(_("Kl.")), Column(_("Nå")), Column(_("Tenkt"))),
        rows=tuple(rows),
    )


def _state(lacks: bool) -> Tag | str:
    return Tag(_("Uten"), "warning") if lacks else _("Får besøk")


def _teams(shown: WhatIfView, unit_name: str) -> DataTable:
    question, rows = shown.question, []
    sides = ((_("Nå"), "before"), (_("Tenkt"), "after"))
    for side_name, side in sides:
        for number, team in enumerate(shown.answer[side]["teams"]):
            if side == "before":
                name = unit_name if number == 0 else shown.other_name
            else:
                name = team_in_words(question, team, number, own=unit_name, other=shown.other_name)
            rows.append(
                TableRow(
                    (
                        _("%(side)s: %(team)s") % {"side": side_name, "team": name},
                        str(len(team["employees"])),
                        str(team["visits"]),
                        str(team["uncovered"]),
                        _show("travel", team["travel"]),
                        formats.percent(team["busy"], language=page_language()),
                    )
                )
            )
    return DataTable(
        caption=_("Team for team"),
        columns=(
            Column(_("Team")),
            Column(_("På jobb"), right=True),
            Column(_("Besøk"), right=True),
            Column(_("Uten utfører"), right=True),
            Column(_("Min på veien"), right=True),
            Column(_("Av tida i bruk"), right=True),
        ),
        rows=tuple(rows),
    )


def _dealt(shown: WhatIfView, given: Mapping[int, str]) -> str:
    if shown.question.kind is not Kind.SPLIT:
        return ""
    people = [given[each] for each in shown.answer["after"]["teams"][0]["employees"] if each in given]
    return _("Med den valgte delen: %(people)s.") % {"people": words.joined(sorted(people))} if people else ""


def _notes(stored: Mapping[str, Any], kind: Kind) -> tuple[str, ...]:
    """What the reader must know to read the numbers right."""
    runs = int(stored["runs"])
    notes = [
        _(
            "«Nå» er ikke listene slik de står, men det beste planleggeren finner med dem som er på vakt. "
            "Begge sider er planlagt fra bunnen av, like lenge. Tallene i tabellen er fra den beste planen på hver "
            "side."
        )
    ]
    if runs > 1:
        notes.append(
            _(
                "Planleggeren finner ikke nøyaktig det samme hver gang. Derfor er hver side regnet %(runs)d ganger, "
                "og «mindre» eller «mer» står bare når alle utregningene er enige. Er det egentlig ingen forskjell, "
                "skjer det tilfeldig omtrent 1 av %(odds)d ganger for hvert tall."
            )
            % {"runs": runs, "odds": max(1, round(1 / float(stored["chance"])))}
        )
    else:
        notes.append(_("Hver side er bare regnet én gang, så alle forskjeller kan være tilfeldige."))
    if kind is Kind.JOIN:
        notes.append(
            _(
                "To team som planlegger sammen, kan alltid gjøre det samme som hver for seg, og planleggeren begynner "
                "med det. Blir noe dårligere i det tenkte, er det byttet mot noe annet."
            )
        )
    if stored["stopped"]:
        notes.append(
            _("Utregningen ble stoppet etter %(runs)d av %(asked)d runder.") % {"runs": runs, "asked": stored["asked"]}
        )
    if stored["travel_faults"]:
        notes.extend(words.travel_fault(code) for code in stored["travel_faults"])
    return tuple(notes)
