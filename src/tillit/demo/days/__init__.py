"""One day after the other: which visits, who came, how it went."""
