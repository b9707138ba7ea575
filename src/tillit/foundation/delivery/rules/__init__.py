"""Rules of delivery: order, moments, the shape of an envelope. Plain values; no database, no keys."""
