"""Who works in Fjordvik and who lives there."""
