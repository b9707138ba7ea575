"""What the gallery shows of charts about how it goes: invented numbers, the same as in the mock-ups."""

from collections.abc import Sequence

from tillit.ui import parts
from tillit.ui.gallery_shows import Show


def shows() -> tuple[Show, ...]:
    """Every chart, in every state."""
    return (_series(), _intervals(), _radar(), _ranges())


def _radar() -> Show:
    axes = (
        parts.RadarAxis("Styrke", 5.6, 4.9),
        parts.RadarAxis("Autonomi", 5.2, 3.8),
        parts.RadarAxis("Virkning", 4.9, 4.6),
        parts.RadarAxis("Mening", 6.0, 5.8),
    )
    five = (
        parts.RadarAxis("Styrke", 5.6),
        parts.RadarAxis("Autonomi", 5.2),
        parts.RadarAxis("Balanse mellom jobb og fritid", 4.1),
        parts.RadarAxis("Psykologisk trygghet", None),
        parts.RadarAxis("Tydelige roller", 3.9),
    )
    return Show(
        "radar",
        "Flere sider av det samme",
        "Til å kjenne igjen. Tabellen ved siden av er resultatet. Mangler en verdi, tegnes det ingen flate.",
        "RadarChart(id, title, finding, axes, least, most, rings) av RadarAxis(name, now, before)",
        (
            parts.RadarChart(
                "radar-team",
                "Teamets myndiggjøring, mars og november",
                "Styrke fra 4,9 til 5,6. Autonomi fra 3,8 til 5,2. Virkning fra 4,6 til 4,9. Mening fra 5,8 til 6,0.",
                axes,
                least=0,
                most=7,
                rings=(1, 3),
            ),
            parts.RadarChart(
                "radar-fem",
                "Fem sider av arbeidet, november",
                "Styrke 5,6, autonomi 5,2, balanse 4,1, roller 3,9. Psykologisk trygghet vises ikke.",
                five,
                least=1,
                most=7,
                rings=(3, 5),
            ),
        ),
    )


def _ranges() -> Show:
    def row(label: str, low: float, middle: float, high: float, word: str) -> parts.RangeRow:
        finding = f"{label}: halvparten svarte mellom {low} og {high}, midten er {middle}".replace(".", ",")
        return parts.RangeRow(label, word, finding, low, middle, high)

    return Show(
        "samstemt",
        "Hvor samstemte vi er",
        "Streken er den midterste halvparten, prikken er midten. Enkeltsvar vises aldri.",
        "RangeBars(label, rows, least, most, low_word, high_word) av RangeRow(label, word, finding, low, middle, high)",
        (
            parts.RangeBars(
                "Hvor samstemte er vi?",
                (
                    row("Styrke", 5, 6, 6, "Samstemt"),
                    row("Autonomi", 4, 5.5, 6, "Delt"),
                    row("Mening", 5.5, 6, 7, "Samstemt"),
                    parts.RangeRow("Virkning", "Vises ikke. Færre enn 10 har svart."),
                ),
                least=1,
                most=7,
                low_word="Helt uenig",
                high_word="Helt enig",
            ),
        ),
    )


_MONTHS = ("jan", "feb", "mars", "april", "mai", "juni", "juli", "aug", "sep", "okt", "nov", "des")
_HELPERS = (
    9, 10, 9, 10, 11, 9, 10, 10, 9, 10, 11, 10, 9, 9, 8, 9, 8, 9, 8,
    8, 7, None, 7, 7, 8, 9, 7, 7, 7, 6, 7, 6, 7, 6, 6, 7, 6, 6,
)  # fmt: skip


def _table(name: str, values: Sequence[float | None]) -> parts.DataTable:
    return parts.DataTable(
        caption=name,
        columns=(parts.Column("Uke"), parts.Column("Verdi", right=True)),
        rows=tuple(
            parts.TableRow((f"Uke {10 + at}", "Vises ikke" if value is None else f"{value}"))
            for at, value in enumerate(values)
        ),
    )


def _series() -> Show:
    points = tuple(
        parts.SeriesPoint(f"uke {10 + at}", value, "2026", signal=at >= 12 and value is not None, hidden=value is None)
        for at, value in enumerate(_HELPERS)
    )
    big = parts.SeriesChart(
        "serie-hjelpere",
        "Ulike hjelpere per bruker på 14 dager, uke 10 til 47 i 2026",
        "Nullpunktet uke 10 til 21 har midtlinje 10. Fra uke 22 ligger alle ukene under. Siste uke er 6, som er målet.",
        "Ulike hjelpere per bruker på 14 dager (median)",
        points,
        centre=10,
        centre_word="Midtlinje 10",
        baseline=12,
        baseline_word="Nullpunkt",
        marks=(
            parts.SeriesMark(11.5, "Pilot starter"),
            parts.SeriesMark(13, "Ny leder"),
            parts.SeriesMark(34, "Tre nye vikarer, og turnusen endret"),
        ),
        target=6,
        target_word="Mål 6",
        least=0,
    )
    shares = (81, 84, 79, 83, 85, 82, 80, 84, 88, 86, 91, 84)
    limits = parts.SeriesChart(
        "serie-andel",
        "Besøk av en de kjenner, januar til desember 2026",
        "Andelen svinger mellom 79 og 91 prosent, innenfor grensene. En måned vises ikke.",
        "prosent",
        tuple(
            parts.SeriesPoint(
                month, None if at == 5 else float(value), "2026", low=77 - at % 3, high=min(100, 90 + at % 3)
            )
            for at, (month, value) in enumerate(zip(_MONTHS, shares, strict=True))
        ),
        centre=83.4,
        small=True,
        least=0,
        most=100,
    )
    return Show(
        "serie",
        "Et tall over tid",
        "Midtlinja står fast, nullpunktet er skyggelagt, ruter er punkter som forteller noe.",
        "Figure(picture, table, label, caption) av SeriesChart(id, title, finding, unit, points, centre, …)",
        (
            parts.Figure(
                big,
                _table("Ulike hjelpere per bruker", _HELPERS),
                "Diagrammet",
                "Rutene er uker på rad under midtlinja: noe har endret seg. Midtlinja flyttes ikke av seg selv.",
                from_end=True,
            ),
            limits,
        ),
    )


def _intervals() -> Show:
    rows = (
        parts.IntervalRow(
            "Besøk av en de kjenner",
            "alle besøk, n = 2 610 / 2 588",
            parts.Measured(84, 82, 86),
            parts.Measured(74, 72, 76),
            "+10",
            "7 til 13",
        ),
        parts.IntervalRow(
            "Brukere er med og bestemmer",
            "n = 31 / 38 svar",
            parts.Measured(71, 55, 83),
            parts.Measured(58, 41, 74),
            "+13",
            "−9 til 34",
        ),
        parts.IntervalRow("Pårørende blir hørt", why="Vises ikke. Færre enn 5 har svart."),
        parts.IntervalRow("Mål evaluert i tide", "n = 131 mål", parts.Measured(66, 57, 74)),
    )
    return Show(
        "nullpunkt",
        "Nullpunkt mot oppfølging",
        "Strekene er usikkerheten. Nullpunktet er hult og står øverst. Endringen står til høyre.",
        "IntervalChart(id, title, finding, unit, rows) av IntervalRow(label, note, now, before, change, why)",
        (
            parts.IntervalChart(
                "intervaller",
                "Nullpunkt og oppfølging med usikkerhet",
                "Besøk av en de kjenner gikk fra 74 til 84 prosent. Pårørende vises ikke.",
                "Andel i prosent",
                rows,
                least=0,
                most=100,
            ),
        ),
    )
