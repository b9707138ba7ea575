"""What can be taken out: the same numbers as sheets, as a picture and as a report."""
