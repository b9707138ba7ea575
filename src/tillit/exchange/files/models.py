"""Stored: an import on its way, and how somebody mapped the columns last time."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.foundation.jobs.models import Job
from tillit.foundation.keeping.fields import SealedBytesField, SealedJsonField
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee


class ImportState(models.TextChoices):
    """How far it has come."""

    CHECKING = "CHECKING", _("Leses")
    READY = "READY", _("Klar")
    WRITING = "WRITING", _("Skrives inn")
    DONE = "DONE", _("Skrevet inn")
    DROPPED = "DROPPED", _("Lagt bort")


class ImportRun(models.Model):
    """One import (innlesing): the files, the mapping, what the dry run found, what was written.

    `files` holds the uploaded content until the run is done or dropped; then it is emptied.
    """

    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.CHECKING)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    mapping = SealedJsonField(
        purpose="import", default=dict, help_text="Table name → {'sheet': code, 'columns': {our code: header}}"
    )
    found = SealedJsonField(purpose="import", default=dict, help_text="Outcome of the dry run: counts and problems")
    written = models.JSONField(default=dict, help_text="Outcome of the writing: counts")

    def __str__(self) -> str:
        return f"import:{self.pk}"


class ImportFile(models.Model):
    """One uploaded file. `content` is emptied when the run ends: the record system keeps the original."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    content = SealedBytesField(purpose="import-file")

    def __str__(self) -> str:
        return f"importfile:{self.pk}"


class RememberedMapping(models.Model):
    """How the columns of such a header were mapped last time, for everybody in the municipality."""

    sheet = models.CharField(max_length=20)
    fingerprint = models.CharField(max_length=32)
    columns = SealedJsonField(purpose="import", help_text="Our column code → header text; empty: not in the file")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "fingerprint"], name="files_mapping_once_per_header"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.fingerprint}"
