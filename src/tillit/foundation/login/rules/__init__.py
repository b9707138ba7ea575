"""Pure rules of login: waiting after wrong tries, lock and end of sessions, who needs a second step, good PINs."""
