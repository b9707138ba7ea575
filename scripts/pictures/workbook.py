"""Fill the import's template with a small invented team, so that the guide shows a first morning."""

from datetime import date, timedelta
from pathlib import Path

from openpyxl import load_workbook

TEAM = "team-vika"
PEOPLE = (
    ("9001", "Anja", "Moe", "sykepleier", 100, "LEGEMIDLER, FORDELER"),
    ("9002", "Kjell", "Tangen", "helsefagarbeider", 80, ""),
    ("9003", "Mina", "Sæther", "helsefagarbeider", 100, ""),
    ("9004", "Ivar", "Hove", "helsefagarbeider", 75, ""),
    ("9005", "Linn", "Rød", "hjemmehjelp", 60, ""),
    ("9006", "Oda", "Lunde", "helsefagarbeider", 90, ""),
)
EVENING = frozenset({"9006"})
CITIZENS = (
    ("Aslaug", "Myhre", 1938), ("Bjarne", "Kvam", 1941), ("Dagny", "Lund", 1935), ("Einar", "Sletten", 1944),
    ("Fredrik", "Nygård", 1950), ("Gunvor", "Hagen", 1939), ("Harald", "Brekke", 1946), ("Inger", "Tveit", 1937),
    ("Johan", "Ness", 1943), ("Klara", "Vold", 1940), ("Ludvig", "Strand", 1948), ("Margit", "Aas", 1936),
)  # fmt: skip
WORDS = ("Klare morgenen selv, i mitt tempo.", "Gå i kirken på søndager.", "At de samme kommer.", "Kaffe før stell.")


def fill(template: Path, out: Path, *, first: date, with_mistakes: bool) -> None:
    """Write `out`: six people, a week of shifts from `first`, twelve citizens and their services."""
    book = load_workbook(template)
    for name in ("Enheter", "Ansatte", "Vakter", "Brukere", "Tjenester"):
        book[name].delete_rows(2)
    for number, given, family, profession, share, competences in PEOPLE:
        book["Ansatte"].append(
            (number, given, family, profession, share, "fast", TEAM, 100, None, competences or None, None, "bil")
        )
    for day in (first + timedelta(days) for days in range(7)):
        for number, *_rest in PEOPLE:
            hours = ("15.00", "22.30", "kveld") if number in EVENING else ("07.30", "15.15", "dag")
            book["Vakter"].append((number, TEAM, day.strftime("%d.%m.%Y"), *hours, "nei"))
    for place, (given, family, born) in enumerate(CITIZENS):
        key = f"V-{place + 1}"
        book["Brukere"].append(
            (
                key, None, given, family, f"{place + 3:02d}.05.{born}", None, f"Fjellgrendvegen {4 + 3 * place}", None,
                "6770", "Fjordvik", 61.872 + 0.004 * (place % 4), 6.045 + 0.009 * (place // 4), TEAM, "Ring på først",
                None, "9001", PEOPLE[1 + place % 3][0], None, None, None, WORDS[place % 4],
            )
        )  # fmt: skip
        see = (first + timedelta(weeks=6)).strftime("%d.%m.%Y")
        rows: list[tuple[str | int | None, ...]] = [
            ("Hjelp til morgenstell", "stell", "alle", 1, "morgen", "08.00", "10.30", 30, "Klare mer selv", see)
        ]
        if place % 3 == 0:
            rows.append(("Kveldsmedisin", "medisin", "alle", 1, "kveld", "19.00", "21.00", 15, None, None))
        if place % 4 == 1:
            rows.append(("Sårskift", "sår", "hverdager", 1, "midt på dagen", None, None, 30, None, None))
        for title, kind, days, weeks, part, earliest, latest, minutes, goal, seen in rows:
            book["Tjenester"].append(
                (key, title, kind, days, weeks, part, earliest, latest, minutes, 1, None, goal, seen, None, None)
            )
    if with_mistakes:
        book["Vakter"]["D3"] = "halv åtte"
        book["Brukere"]["I6"] = "679"
    book.save(out)
