"""Questions made in Fjordvik: six about the change of shift, built in the product and put in use (R39)."""

from datetime import date, time, timedelta

from tillit.demo.story import ballots as lots
from tillit.foundation.organisation.models import Unit
from tillit.kernel import oslo
from tillit.learning.surveys.actions import make_instrument, put_in_use, put_question, put_theme
from tillit.learning.surveys.models import OwnInstrument
from tillit.learning.surveys.rules.instruments import Item, Part, Text
from tillit.learning.surveys.rules.shipped import TEAM

BUILDER = "jorn.lillebo"
#: Days from today that it was drafted, and put in use.
DRAFTED, IN_USE = -104, -96
YES = 1
_THEME = Part("", Text("Beskjedene"), Text("Vi vet det vi trenger når vakta begynner"))
_IN_THE_THEME = (
    ("Jeg vet det viktigste om brukerne når vakta mi begynner.", False),
    ("Vi tar opp det som er nytt, ikke det alle vet.", False),
    ("Jeg må ringe dem som har gått hjem, for å finne ut av ting.", True),
)


def build_one(anchor: date) -> OwnInstrument | None:
    """Draft it, question by question, and put it in use. None in a town too small to have who does it."""
    builder, top = lots.found(BUILDER), Unit.objects.filter(parent__isnull=True).order_by("pk").first()
    if builder is None or top is None:
        return None
    at = oslo.moment(anchor + timedelta(days=DRAFTED), time(10, 15))
    jorn = lots.acting(builder, at)
    row = make_instrument(
        actor=jorn, unit_id=top.pk, name=Text("Vaktskiftet", "Vaktskiftet", "The change of shift"),
        about=Text("Seks spørsmål om beskjedene når en vakt tar over for en annen. Svarene brukes på teammøtet."),
        for_whom=TEAM, at=at,
    )  # fmt: skip
    row = put_theme(actor=jorn, own_id=row.pk, edition=row.edition, part=_THEME, at=at)
    theme = row.asked["parts"][0][0]
    for item in (
        *(Item("", Text(words), "AGREE", part=theme, reverse=turned) for words, turned in _IN_THE_THEME),
        Item("", Text("Har du den siste måneden begynt ei vakt uten beskjeder?"), "YES_NO"),
        Item("", Text("Hvor ofte gikk det ut over en bruker?"), "FREQUENCY", only_if=("Q4", (YES,))),
        Item("", Text("Hva ville gjort vaktskiftet bedre?"), "WORDS"),
    ):
        row = put_question(actor=jorn, own_id=row.pk, edition=row.edition, item=item, at=at)
    used_at = oslo.moment(anchor + timedelta(days=IN_USE), time(13))
    return put_in_use(actor=lots.acting(builder, used_at), own_id=row.pk, edition=row.edition, at=used_at)
