"""Teamtavla: the team's day in one view, on the desk and on the wall."""
