"""Where travel times come from: given in the file, estimated from coordinates, or asked of a road service."""
