"""What the phone carries without coverage: the day as it is drawn by the server, a page to show it in, and a worker."""
