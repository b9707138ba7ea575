"""Photos: a wound, a paper form; drawn anew without place and camera, sealed, in the journal beside the words."""
