"""Min dag: the working day of the one who goes out, on the phone. Gathers visits, citizens, plans and lists."""
