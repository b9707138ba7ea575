"""What each page of the work lists gets: frozen, plain values, so that no template asks the database."""
