"""Authority: the services, and who may decide them."""
