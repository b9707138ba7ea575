"""Services by decisions, open cases, delegation documents: the case work of Fjordvik."""
