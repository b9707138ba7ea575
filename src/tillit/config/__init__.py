"""Settings, addresses and wiring. Imports everybody; imported by nobody."""
