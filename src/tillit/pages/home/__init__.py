"""Where one lands after login, and which team one works in."""
