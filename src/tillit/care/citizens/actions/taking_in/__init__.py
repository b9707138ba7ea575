"""Many citizens at once, from a record system's file: foresee it, then take it in."""

from tillit.care.citizens.actions.taking_in.foreseeing import Incoming, Outlook, OutOfReach, foresee_citizens
from tillit.care.citizens.actions.taking_in.taking import TakenIn, take_in_citizens

__all__ = ["Incoming", "OutOfReach", "Outlook", "TakenIn", "foresee_citizens", "take_in_citizens"]
