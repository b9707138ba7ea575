"""A scan of the running product, as one who means harm would do it. It prints findings and what it covered."""
