"""What is wrong with a line of figures that are brought in, and how it is mended."""

from django.utils.translation import gettext as _

from tillit.learning.insight.rules.brought import Fault, Wrong


def fault_text(fault: Fault) -> str:
    """Return what is wrong, with the line it stands on."""
    text = {
        Wrong.EMPTY: _("Lim inn minst to linjer: først navnene på kolonnene, så tallene."),
        Wrong.MANY: _("Hent inn høyst %(word)s linjer om gangen."),
        Wrong.COLUMN: _("Kolonnen «%(word)s» mangler i første linje."),
        Wrong.INDICATOR: _("«%(word)s» er ikke et tall Tillit har. Skriv koden eller hele navnet."),
        Wrong.UNIT: _("Fant ikke «%(word)s» her. Skriv navnet som det står i Tillit."),
        Wrong.MONTH: _("«%(word)s» er ikke en måned. Skriv den som 2025-03 eller mars 2025."),
        Wrong.WEEK: _("«%(word)s» er ikke en uke. Skriv den som 2025-W12 eller uke 12 2025."),
        Wrong.NOT_OVER: _("%(word)s er ikke over ennå."),
        Wrong.TOO_OLD: _("%(word)s er for lenge siden. Hent inn tall fra 2000 og senere."),
        Wrong.VALUE: _("«%(word)s» er ikke et tall. Skriv for eksempel 12,5."),
        Wrong.SHARE: _("«%(word)s» er ikke fra 0 til 100. Andeler skrives i prosent."),
        Wrong.MOST: _("«%(word)s» er for mye. Er to av tallene byttet om, eller er ett i tusen kroner?"),
        Wrong.COUNT: _("Skriv hvor mange verdien bygger på, som et helt tall fra 1. Det står «%(word)s»."),
        Wrong.PARTS: _("Skriv både teller og nevner, eller ingen av dem. Det står «%(word)s»."),
        Wrong.PARTS_DIFFER: _("Verdien er ikke teller delt på nevner (%(word)s)."),
        Wrong.PARTS_LACK: _("Skriv både teller og nevner, som tall fra 0 og over. Det står «%(word)s»."),
        Wrong.DOTS: _("Skriv tallet uten punktum, så det ikke misforstås. Det står «%(word)s»."),
        Wrong.TWICE: _("Den samme perioden står i linje %(word)s."),
        Wrong.SUMMED: _("Dette er summen av teamenes tall. Rett tallet til teamet det gjelder."),
        Wrong.COUNTED: _("Tillit har selv talt denne perioden. Det tallet blir stående."),
    }[fault.kind] % {"word": fault.word}
    return _("Linje %(line)d: %(text)s") % {"line": fault.line, "text": text} if fault.line else text
