"""Pages and presses of surveys."""
