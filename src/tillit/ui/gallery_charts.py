"""What the gallery shows of charts about how it goes: invented numbers, the same as in the mock-ups."""

from tillit.ui import parts
from tillit.ui.gallery_shows import Show


def shows() -> tuple[Show, ...]:
    """Every chart, in every state."""
    return (_radar(), _ranges())


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
