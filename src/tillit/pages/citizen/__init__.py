"""The list of citizens, the search, and the page about one citizen."""
