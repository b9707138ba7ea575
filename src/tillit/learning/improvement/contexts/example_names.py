"""What the things in the tables of published figures are called, in the reader's language."""

from django.utils.translation import gettext as _


def named(name: str) -> str:
    """Return what a thing in a table is called. A name that is not here is a new row: the test tells."""
    return {
        "information on medications available": _("Legemidler"),
        "information on medical condition available": _("Medisinsk tilstand"),
        "information on psychosocial needs available": _("Psykososiale behov"),
        "information on future follow-up available": _("Videre oppfølging"),
        "quality of collaboration with GP -> informational continuity": _("Bedre samarbeid med fastlegen"),
        "quality of collaboration with allotment office -> informational continuity": _(
            "Bedre samarbeid med tildelingskontoret"
        ),
        "small municipality (<5000) vs larger": _("Større kommune enn 5000 innbyggere"),
        "variation at municipality level": _("Hvilken kommune"),
        "registered nurse": _("Sykepleier"),
        "assistant nurse": _("Helsefagarbeider (assistant nurse)"),
        "assistant health worker": _("Assistent (assistant health worker)"),
        "direct patient work": _("hos brukeren"),
        "driving": _("kjøring"),
        "home nursing": _("Hjemmesykepleie"),
        "practical assistance": _("Praktisk bistand"),
        "both": _("Begge"),
        "percent satisfied overall (positive end)": _("Fornøyd i alt"),
        "mean overall satisfaction": _("Snitt, 1 til 6"),
        "direction: users with a fixed contact person more satisfied than those without": _(
            "Mer fornøyd med fast kontaktperson"
        ),
        "one team": _("ett team"),
        "two teams": _("to team"),
        "two teams together": _("to team sammen"),
        "team Skullerud": _("team Skullerud"),
        "team Bogerud": _("team Bogerud"),
    }[name]
