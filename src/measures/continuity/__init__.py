"""Continuity: who comes to a citizen, how many they are, and whether it is the same ones."""
