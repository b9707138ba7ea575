# ruff: noqa: E501 – sentences stay on one line
"""The case on the pictures: Per Inge Foss, who came home from hospital and got help before the decision (Model 1)."""

from datetime import timedelta
from decimal import Decimal

from tillit.care.decisions.rules.states import Outcome, Step
from tillit.demo.casework.book import Granted
from tillit.demo.casework.days import next_at_work
from tillit.demo.casework.desk import Desk
from tillit.demo.casework.file import File
from tillit.demo.casework.needed import SPAN
from tillit.demo.people.citizens import Person

APPLIED, HOME, TALKED, DRAFTED = 15, 12, 8, 4
"""Days before the day shown."""
CASE_NUMBER = 1432


def foss_file(desk: Desk, person: Person) -> File:
    """Applied, home with help before the decision, talked with, assessed, drafted: it waits for the team leader."""
    anchor = desk.book.anchor
    applied, home, talked, drafted = (anchor - timedelta(days=days) for days in (APPLIED, HOME, TALKED, DRAFTED))
    rows = desk.rows("HOME_NURSING", is_new=True)
    nora = desk.worker(desk.unit_id, None, anchor)
    ingrid, silje = person.service_id, person.therapist_id
    unit_id = desk.unit(rows.receive, applied)
    file = File(
        desk.book, citizen_id=person.id, unit_id=unit_id, opened=applied, is_new=True, origin="CITIZEN",
        channel="PHONE", words="Jeg er operert i hofta og bor alene. Jeg trenger hjelp med medisinene og såret når jeg "
        "kommer hjem, og så vil jeg trene. Jeg vil ut i naustet igjen før påske.", case_worker_id=nora or None,
    )  # fmt: skip
    file.held(unit_id, applied, rows.receive, desk.version(rows.receive, applied), by=nora, answered_by=nora)
    file.received(by=nora)
    file.told_by_others(
        "HOSPITAL", "Operert for lårhalsbrudd. Sårstell hver tredje dag, stingene tas etter to uker. Kan belaste fullt med krykker.",
        home, by=nora, shown_on=talked, answer="Det stemmer. Stingene skal tas på legekontoret.",
    )  # fmt: skip
    helps = desk.rows("HOME_NURSING", is_new=True, urgent=True).deliver
    file.values.update(
        urgent_from=home, urgent_reason="Skrives ut fra sykehuset i dag og klarer ikke medisiner og sår alene",
        urgent_unit_id=desk.unit(helps, home),
    )  # fmt: skip
    file.step(Step.START_URGENTLY, home, by=nora, row=helps)
    file.step(Step.START_ASSESSMENT, talked, by=nora, hour=9)
    file.write_note("Sønnen Are ringte. Per Inge vil at han får kopi av brevet.", talked, by=nora)
    file.assessed(
        drafted,
        conversation_id=person.conversation_id,
        by=(ingrid, silje),
        own_view="Du fortalte at du vil ut i naustet igjen før påske, og at du vil klare morgenen selv, bare du får tid.",
        summary="Du bor alene i hus med trapp. Inne går du med krykker, men i trappa er du ustø. Strømper og sko får du ikke på. "
        "Såret er rent. Du har gjort øvelsene fra sykehuset og er frisk nok til å trene.",
        scores={
            1: 1,
            2: 3,
            3: 1,
            4: 3,
            5: 2,
            6: 4,
            7: 3,
            8: 3,
            9: 2,
            10: 1,
            11: 1,
            12: 4,
            13: 1,
            14: 2,
            15: 1,
            16: 1,
            17: 1,
        },
    )
    starts = next_at_work(anchor + timedelta(days=2))
    file.lines = [
        Granted("HOME_NURSING", Outcome.GRANTED, "Hjelp til medisiner og stell av operasjonssåret. Vi begynner med to besøk om dagen",
                Decimal(5), SPAN, starts, asked="Hjelp med medisinene og såret"),
        Granted("REABLEMENT", Outcome.GRANTED, "Trening på trapp og påkledning fem dager i uka, sammen med fysioterapeut",
                Decimal("4.5"), SPAN, starts, starts + timedelta(days=42), asked="Jeg vil trene"),
        Granted("SAFETY_ALARM", Outcome.GRANTED, "1 alarm med varsling hele døgnet", Decimal(1), None, starts, found_later=True),
    ]  # fmt: skip
    file.propose(
        drafted, by=nora, evaluate_on=next_at_work(anchor + timedelta(days=183)),
        reasons="Du har nylig operert hofta og trenger helsehjelp hjemme mens du trener deg opp. Uten trening er det fare for at du mister funksjon.",
        how_view_weighed="Du vil klare morgenen selv. Derfor trener vi på påkledning og gir deg tid, i stedet for å gjøre det for deg.",
    )  # fmt: skip
    return file
