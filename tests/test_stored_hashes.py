"""What lies in databases and backups is read by the same code that wrote it: values as they were made before."""

from django.test import override_settings

from tillit.foundation.access.rules import signing
from tillit.foundation.keeping import marks, sealed
from tillit.foundation.keeping.backups import closing
from tillit.foundation.login import sealing

KEY = b"k" * 32
FERNET = "gAAAAABrAxqr_-5cEvazvN3qZnGhXaiROj0QFqdigVeB9Hr70UlRIH7gYl4YGWrQfouuwozKQWTLp80WW5tTven2YDfuSZchCg=="


@override_settings(SECRET_KEY="only-for-demo-and-tests-never-for-a-municipality-0123456789")
def test_what_login_keeps_is_known_again() -> None:
    assert sealing.keyed_hash("throttle", "ACCOUNT", "ola") == (
        "b05e88a7fd7dfc8f038ef22ce5441274cd18340a0c8a392a286b3e1690821d52"
    )
    assert sealing.device_hash("abc") == "b19ef85ebe839179fb092eaa0140de01a6bdc196cbde178dcee16d436e52411b"


@override_settings(SECRET_KEY="only-for-demo-and-tests-never-for-a-municipality-0123456789")
def test_what_login_sealed_opens() -> None:
    assert sealing.unseal(FERNET) == "hemmelig"


def test_a_number_is_found_by_its_index() -> None:
    assert sealed.index("13116900216", "x") == "test:e585acc5d231b97961d2dff6e4d7f0e63089b36613a4817a3458e13580ad15e6"


def test_a_row_and_a_key_are_what_they_were() -> None:
    assert signing.sign(KEY, b"[1]") == "07f5d813700fd553cb58a19a53921be56ab3371325e2c119ccc96334fa4db380"
    assert marks.mark_of(KEY) == "c4e56c59d8071c1724e6bcd335df2644ad044f65c832b4dee0987d228ae9d090"


def test_a_backup_from_before_opens() -> None:
    box = closing._box(KEY, b"s" * 32)
    assert (
        box.decrypt(b"\0" * 12, bytes.fromhex("96101593685d82b720e5ecbc4836163f1175b361fa"), closing.MAGIC) == b"tekst"
    )
