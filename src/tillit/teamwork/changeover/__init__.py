"""The board of a change of shift (vaktskifte): made of what changed, with one line beside and who has read it."""
