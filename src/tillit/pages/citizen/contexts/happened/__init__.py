"""What the rooms know of one citizen, as things that happened: in words, with who and a way to it."""
