"""The measures: worked examples, what holds for every table, and what a reader can reckon."""
