"""The pure rules of surveys: instruments, the way through one, the urn, what may be shown."""
