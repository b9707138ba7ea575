"""What stops a step, in words: what is missing, and what to do. Safe to show."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.decisions.rules.states import Block
from tillit.kernel.errors import ActionRefused

BLOCK_WORDS: dict[Block, str | Promise] = {
    Block.NOT_FROM_HERE: gettext_lazy("Saken er ikke kommet dit. Last siden på nytt og se hvor den står."),
    Block.NO_WORDS: gettext_lazy("Det står ikke hva det søkes om. Skriv det med søkerens egne ord."),
    Block.NO_LINES: gettext_lazy("Ingen tjenester er foreslått. Velg minst én, og si hva du foreslår."),
    Block.NO_ASSESSMENT: gettext_lazy("Behovet er ikke vurdert. Skriv vurderingen først."),
    Block.OLD_ASSESSMENT: gettext_lazy("Vurderingen er fra før saken ble tatt opp igjen. Vurder behovet på nytt."),
    Block.NO_OWN_VIEW: gettext_lazy("Brukerens eget syn mangler. Spør, og skriv svaret i vurderingen."),
    Block.FACTS_NOT_SHOWN: gettext_lazy(
        "Det er opplysninger fra andre som brukeren ikke har sett. Vis dem fram, eller skriv hvorfor ikke."
    ),
    Block.LINE_UNCLEAR: gettext_lazy("En tjeneste mangler innhold, omfang eller startdag. Fyll ut det som mangler."),
    Block.NO_REASONS: gettext_lazy("Begrunnelsen mangler. Den må alltid stå når noen ikke får alt de søkte om."),
    Block.NO_EVALUATION_DATE: gettext_lazy("Det mangler en sluttdag eller en dag for ny vurdering. Sett én av dem."),
    Block.NO_AUTHORITY: gettext_lazy("Du har ikke fått myndighet til å avgjøre dette. Send saken til den som har."),
    Block.DISQUALIFIED: gettext_lazy("Du er registrert som inhabil i saker for denne brukeren. En annen må avgjøre."),
    Block.LEADER_DISQUALIFIED: gettext_lazy(
        "Lederen din er inhabil i saker for denne brukeren. Da kan heller ikke du avgjøre dem."
    ),
    Block.FOUR_EYES: gettext_lazy("Du har selv skrevet forslaget. En annen med myndighet må avgjøre."),
    Block.NO_ADVANCE_NOTICE: gettext_lazy(
        "Brukeren får mindre hjelp uten å ha bedt om det. Send forhåndsvarsel først."
    ),
    Block.REPLY_WINDOW_OPEN: gettext_lazy(
        "Brukeren har ennå tid til å svare på forhåndsvarselet. Vent på svaret, eller til fristen er ute."
    ),
    Block.LETTER_INCOMPLETE: gettext_lazy("Brevet mangler noe det må inneholde. Se hva som er merket."),
    Block.NO_LETTER: gettext_lazy("Brevet er ikke laget. Lag det før du melder fra om vedtaket."),
    Block.NO_RESPONSIBLE: gettext_lazy("Ingen er tjenesteansvarlig for brukeren. Velg noen først."),
    Block.NO_PLAN: gettext_lazy("Vedtaket setter en ramme, men ingen tiltaksplan er i bruk. Ta en plan i bruk først."),
    Block.NOT_BY_US: gettext_lazy("Hjelpen varer lenger. Skal den slutte før tida, må det fattes et nytt vedtak."),
    Block.APPLICANT_ONLY: gettext_lazy("Bare den som søkte, kan trekke søknaden."),
}


class StepBlocked(ActionRefused):
    """The step cannot be taken now. `blocks` says why, in the order it is best mended."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self.blocks = tuple(blocks)
        super().__init__(" ".join(str(BLOCK_WORDS[block]) for block in self.blocks) or _("Det går ikke nå."))


class CaseRefused(ActionRefused):
    """Something in what was written cannot be used. The text says what."""


class FieldRefused(CaseRefused):
    """A field in a form cannot be used. field: its name; empty when it concerns the whole form."""

    def __init__(self, text: str, *, field: str = "") -> None:
        super().__init__(text)
        self.field = field
