"""Users, the permission mechanism, the audit trail and the access log.

Knows no units, employees or citizens: what it must know from above it asks through the protocols of `sources`.
"""
