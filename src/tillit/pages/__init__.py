"""Screens that gather many apps. Nobody imports them."""
