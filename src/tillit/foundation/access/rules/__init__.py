"""Pure rules of the logs: how a row is signed, and how seals hang together."""
