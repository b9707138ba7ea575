"""Two waves, two groups: differences with intervals."""
