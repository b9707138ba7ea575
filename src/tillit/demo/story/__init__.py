"""The people of Team Solvik whom the screens speak of."""
