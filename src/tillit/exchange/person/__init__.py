"""All that is stored about one person, in one file that she can be given (innsyn, personvernforordningen art. 15)."""
