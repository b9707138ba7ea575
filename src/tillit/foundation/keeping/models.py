"""Stored: marks of the keys this database was written with, so that a wrong or missing key stops the start."""

from django.db import models


class KeyKind(models.TextChoices):
    """What a key is for: sealing what must be read again, or knowing it again without reading it."""

    SEAL = "seal", "seal"
    INDEX = "index", "index"


class KeyMark(models.Model):
    """That a key has been in use here (nøkkelmerke). `mark` is a keyed hash of nothing secret: it proves the key."""

    kind = models.CharField(max_length=5, choices=KeyKind.choices)
    key_id = models.CharField(max_length=16)
    mark = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key_id"], name="keeping_key_once")]

    def __str__(self) -> str:
        return f"key:{self.kind}:{self.key_id}"
