"""Stored: the versions of letter templates, and the letters as they were sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.care.citizens.models import Citizen
from tillit.foundation.workforce.models import Employee


class LetterKind(models.TextChoices):
    """What a letter is for; the same codes as `rules.LetterKind`."""

    DECISION_GRANTED = "DECISION_GRANTED", _("Vedtak: innvilget")
    DECISION_PARTLY = "DECISION_PARTLY", _("Vedtak: delvis innvilget")
    DECISION_REFUSED = "DECISION_REFUSED", _("Vedtak: avslag")
    DECISION_REDUCED = "DECISION_REDUCED", _("Vedtak: mindre hjelp")
    DECISION_ENDED = "DECISION_ENDED", _("Vedtak: hjelpen slutter")
    DISMISSED = "DISMISSED", _("Vedtak: avvist")
    RECEIPT = "RECEIPT", _("Søknaden er mottatt")
    INTERIM_REPLY = "INTERIM_REPLY", _("Foreløpig svar")
    ADVANCE_NOTICE = "ADVANCE_NOTICE", _("Forhåndsvarsel")
    APPEAL_RECEIPT = "APPEAL_RECEIPT", _("Klagen er mottatt")
    APPEAL_FORWARDED = "APPEAL_FORWARDED", _("Klagen er sendt videre")
    APPEAL_CHANGED = "APPEAL_CHANGED", _("Vedtaket er endret etter klage")
    APPEAL_DISMISSED = "APPEAL_DISMISSED", _("Klagen er avvist")


class LetterLanguage(models.TextChoices):
    """The written language of a letter."""

    BOKMAL = "nb", _("Bokmål")
    NYNORSK = "nn", _("Nynorsk")


class LetterTemplate(models.Model):
    """One version of the template (brevmal) of a kind in a language.

    A draft has no `in_use_from`. From the moment it is put into use it is never edited: a new version replaces it.
    `sections`: list of {"code", "heading", "text"}, in order, checked by rules.template.
    """

    kind = models.CharField(max_length=20, choices=LetterKind.choices)
    language = models.CharField(max_length=2, choices=LetterLanguage.choices)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200, help_text="The answer, in one line; may hold fields")
    sections = models.JSONField()
    in_use_from = models.DateField(null=True, help_text="Empty while it is a draft")
    edition = models.PositiveIntegerField(default=1, help_text="Grows with every save: two writers are told")
    saved_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "language", "version"], name="letters_template_version_once"),
            models.UniqueConstraint(
                fields=["kind", "language"],
                condition=models.Q(in_use_from__isnull=True),
                name="letters_template_one_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"lettertemplate:{self.pk}"


class SentLetter(models.Model):
    """A letter as it was sent: its content, how it looked, and the file. Rows are only added (triggers).

    The citizen is the one it was about when it was sent; a registration merged since keeps its letters, and reads
    follow the merge.
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=LetterKind.choices)
    language = models.CharField(max_length=2, choices=LetterLanguage.choices)
    template = models.ForeignKey(
        LetterTemplate, null=True, on_delete=models.PROTECT, related_name="+", help_text="Empty: the text as shipped"
    )
    case_reference = models.CharField(max_length=100)
    title = models.CharField(max_length=300)
    content = models.JSONField(help_text="As rules.write makes it")
    html = models.TextField()
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64, help_text="Of the PDF")
    ways = models.JSONField(help_text="PAPER, DIGITAL or both")
    copies_to = models.JSONField(default=list)
    made_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["citizen", "-sent_at"], name="letters_sent_citizen")]

    def __str__(self) -> str:
        return f"letter:{self.pk}"
