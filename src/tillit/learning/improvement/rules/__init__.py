"""The pure rules of improvement: phases and their gate, baseline windows, goals, benefits, what may be compared."""
