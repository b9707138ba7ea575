"""One-time cards: codes on paper, drawn from a bowl, so that those without a login can answer once.

A code is made of the campaign's own key, the group and the card's number, and kept nowhere: the sheet can be printed
again while the survey is open, and never after, for then the key is gone. Which card a person drew nobody knows.
"""

from tillit.kernel.keyed import hash_of

#: Letters and digits that are not mistaken for each other when read aloud or off paper.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH = 9
MOST_CARDS = 200
"""Of one group. 31^9 is about 2,6 · 10^13: of 10 000 cards one try in 2,6 thousand million finds one."""


def card_code(key: str, group_id: int, number: int) -> str:
    """Return the code on a card: nine characters. number: from 1."""
    left = int(hash_of(key.encode(), "card", str(group_id), str(number)), 16)
    letters = []
    for _place in range(LENGTH):
        left, letter = divmod(left, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)


def read_code(text: str) -> str | None:
    """Return the code as it was printed, from what was typed; None for what no card has. Spaces and dashes are free."""
    code = "".join(text.upper().replace("-", " ").split())
    return code if len(code) == LENGTH and all(letter in ALPHABET for letter in code) else None


def spaced(code: str) -> str:
    """Return the code as it is printed: «ABC DEF GHJ»."""
    return " ".join(code[place : place + 3] for place in range(0, LENGTH, 3))
