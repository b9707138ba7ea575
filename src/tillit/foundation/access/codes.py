"""The code of an invitation: made by chance, easy to read aloud and to type, kept only as a hash."""

import hashlib
import secrets

#: Crockford's base 32: no I, L, O or U, which look like others.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
#: Twenty letters are a hundred bits: nobody guesses one while it lives.
_LENGTH, _GROUP = 20, 4


def new_code() -> str:
    """Return a code in groups of four, such as 7K2M-…, made by the operating system's chance."""
    letters = "".join(secrets.choice(_LETTERS) for _number in range(_LENGTH))
    return "-".join(letters[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def hash_of(code: str) -> str:
    """Return the hash a code is kept as. Small letters, blanks, dashes and look-alikes make no difference.

    A plain hash is enough, for there is no word in a hundred bits of chance to try.
    """
    letters = "".join(code.upper().split()).replace("-", "").replace("\N{EN DASH}", "").translate(_LOOK_ALIKE)
    return hashlib.sha256(letters.encode()).hexdigest()
