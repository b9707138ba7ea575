"""How long a course is, where it stands, which measures belong to it, and the help before and after."""
