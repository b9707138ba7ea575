"""Who may decide, worked out from authorities, roles and limits. Plain Python."""
