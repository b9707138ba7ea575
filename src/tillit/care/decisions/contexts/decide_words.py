"""The decision page in words: what must be clear, who decides, how a frame fits."""

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.decisions.contexts.words import short_date
from tillit.care.decisions.models import DecisionLine, Line
from tillit.care.decisions.rules.clear_enough import Mend, Point
from tillit.care.decisions.rules.frame import Fit, Frame, Trend
from tillit.care.decisions.rules.letter_words import number
from tillit.care.decisions.rules.states import Outcome
from tillit.foundation.authority.words import extent_in_words

OK_WORDS: dict[Point, str | Promise] = {
    Point.GIVES: gettext_lazy("Det står hva brukeren får, hvor mye og fra når"),
    Point.OWN_WORDS: gettext_lazy("Brukerens eget syn er med, og hva det har betydd"),
    Point.MATTERS: gettext_lazy("Det står hva som er viktig for brukeren"),
    Point.REASONS: gettext_lazy("Begrunnelsen viser hva vi har lagt vekt på"),
    Point.LAW: gettext_lazy("Lovhjemmelen er den som gjelder i dag"),
    Point.APPEAL: gettext_lazy("Klagerett, frist og hvor brukeren får hjelp"),
    Point.CHARGE: gettext_lazy("Det står hva hjelpen koster, eller at den er gratis"),
    Point.NEXT: gettext_lazy("Det står når vi ser på hjelpen igjen"),
    Point.FACTS: gettext_lazy("Brukeren har sett det andre har fortalt"),
    Point.WARNED: gettext_lazy("Brukeren er varslet og har fått tid til å svare"),
    Point.RECIPIENT: gettext_lazy("Brevet går til den pårørende, på egen adresse"),
    Point.LETTER: gettext_lazy("Brevet har avsender, mottaker og underskrift"),
    Point.GOALS: gettext_lazy("Målene i planen har dager for når dere ser på dem"),
    Point.PLAN: gettext_lazy("Vedtak og plan henger sammen"),
}
MISSING_WORDS: dict[Point, str | Promise] = {
    Point.GIVES: gettext_lazy("En tjeneste mangler innhold, omfang eller startdag"),
    Point.OWN_WORDS: gettext_lazy("Brukerens eget syn mangler, eller vurderingen er gammel"),
    Point.MATTERS: gettext_lazy("Ingen har spurt hva som er viktig for brukeren"),
    Point.REASONS: gettext_lazy("Begrunnelsen mangler noe"),
    Point.LAW: gettext_lazy("Lovhjemmelen mangler"),
    Point.APPEAL: gettext_lazy("Det står ikke hvordan brukeren kan klage"),
    Point.CHARGE: gettext_lazy("Satsen mangler for en tjeneste som kan koste noe"),
    Point.NEXT: gettext_lazy("Sluttdag eller dag for ny vurdering mangler"),
    Point.FACTS: gettext_lazy("Brukeren har ikke sett alt andre har fortalt"),
    Point.WARNED: gettext_lazy("Brukeren er ikke varslet, eller har ennå tid til å svare"),
    Point.RECIPIENT: gettext_lazy("Adressen til den pårørende mangler"),
    Point.LETTER: gettext_lazy("Brevet mangler avsender, mottaker, saksbehandler eller underskrift"),
    Point.GOALS: gettext_lazy("Et mål i planen mangler, eller har ingen dag for når dere ser på det"),
    Point.PLAN: gettext_lazy("Planen mangler, eller bruker mer eller mindre enn rammen"),
}
STOPS_WORDS: dict[Point, str | Promise] = {
    Point.CHARGE: gettext_lazy("Brevet kan ikke si hvor brukeren får svar: enheten mangler telefon og adresse"),
}
WHY_WORDS: dict[Point, str | Promise] = {
    Point.LAW: gettext_lazy("Ingen lov nevner tjenesten, og kommunens egen hjemmel er ikke skrevet inn ennå"),
    Point.RECIPIENT: gettext_lazy("Hun eller han søker for seg selv, så brevet går ikke til brukerens adresse"),
    Point.CHARGE: gettext_lazy("Brevet sier at det kan koste noe, og hvor brukeren kan spørre"),
    Point.MATTERS: gettext_lazy("Brevet kan sendes uten. Teamet spør når de møter brukeren"),
    Point.GOALS: gettext_lazy("Uten dag dukker målet aldri opp på brukermøtet"),
    Point.PLAN: gettext_lazy("Hjelpen kan ikke begynne før planen er i bruk"),
}
MEND_WORDS: dict[Mend, str | Promise] = {
    Mend.PROPOSAL: gettext_lazy("Endre forslaget"),
    Mend.REASONS: gettext_lazy("Skriv"),
    Mend.ASSESSMENT: gettext_lazy("Se vurderingen"),
    Mend.TALK: gettext_lazy("Ta samtalen"),
    Mend.PLAN: gettext_lazy("Åpne planen"),
    Mend.NOTICE: gettext_lazy("Send varsel"),
    Mend.RATES: gettext_lazy("Se satsene"),
    Mend.LAW: gettext_lazy("Se hjemlene"),
    Mend.RECIPIENT: gettext_lazy("Skriv adressen"),
}
TREND_WORDS: dict[Trend, str | Promise] = {
    Trend.TOO_EARLY: gettext_lazy("Det er for tidlig å si om rammen passer"),
    Trend.WITHIN: gettext_lazy("Hjelpen holder seg innenfor rammen"),
    Trend.SWINGS: gettext_lazy("Hjelpen går litt opp og ned, slik rammen er ment for"),
    Trend.LEFT_BELOW: gettext_lazy("Behovet er blitt mindre enn rammen"),
    Trend.LEFT_ABOVE: gettext_lazy("Behovet er blitt større enn rammen"),
}
TREND_NOTES: dict[Trend, str | Promise] = {
    Trend.TOO_EARLY: gettext_lazy("Vi sier noe når fire hele uker teller."),
    Trend.WITHIN: gettext_lazy("Endringer innenfor rammen gjør dere i planen. Det trengs ikke noe nytt vedtak."),
    Trend.SWINGS: gettext_lazy("Endringer innenfor rammen gjør dere i planen. Det trengs ikke noe nytt vedtak."),
    Trend.LEFT_BELOW: gettext_lazy("Minst fire av de siste seks ukene var under. Da trengs en ny vurdering."),
    Trend.LEFT_ABOVE: gettext_lazy("Minst fire av de siste seks ukene var over. Da trengs en ny vurdering."),
}
FIT_WORDS: dict[Fit, str | Promise] = {
    Fit.NOTHING_KNOWN: gettext_lazy("Teller ikke"),
    Fit.WITHIN: gettext_lazy("Innenfor"),
    Fit.BELOW: gettext_lazy("Under"),
    Fit.ABOVE: gettext_lazy("Over"),
}


def hours(minutes: object) -> str:
    """«9 t 10 min», from minutes."""
    whole = round(float(str(minutes)))
    if whole < 60:
        return _("%(minutes)s min") % {"minutes": whole}
    if whole % 60 == 0:
        return _("%(hours)s t") % {"hours": whole // 60}
    return _("%(hours)s t %(minutes)s min") % {"hours": whole // 60, "minutes": whole % 60}


def frame_text(frame: Frame) -> str:
    """«9,5 t i uka, fra 7,6 t til 11,4 t»."""
    one = Decimal("0.1")
    return _("%(hours)s t i uka, fra %(least)s t til %(most)s t") % {
        "hours": number(frame.hours),
        "least": number(frame.least.quantize(one)),
        "most": number(frame.most.quantize(one)),
    }


def line_note(line: Line | DecisionLine) -> str:
    """«5 timer i uka · fra 26.11.2026», and what is not given."""
    outcome = Outcome(line.outcome) if line.outcome else None
    if outcome in (Outcome.REFUSED, Outcome.DISMISSED):
        return _("Avslås") if outcome is Outcome.REFUSED else _("Avvises")
    parts = []
    if outcome is Outcome.ENDED:
        parts.append(_("slutter"))
    elif line.extent is not None:
        extent = extent_in_words(line.service.extent_in, line.extent)
        if line.span_percent:
            extent = _("%(extent)s, med %(span)s prosent hver vei") % {"extent": extent, "span": line.span_percent}
        parts.append(extent)
    if line.starts_on is not None:
        parts.append(
            _("%(first)s–%(last)s") % {"first": short_date(line.starts_on), "last": short_date(line.ends_on)}
            if line.ends_on
            else _("fra %(day)s") % {"day": short_date(line.starts_on)}
        )
    if outcome is Outcome.REDUCED:
        parts.insert(0, _("mindre enn før"))
    if outcome is Outcome.PARTLY:
        parts.insert(0, _("delvis"))
    return " · ".join(parts)
