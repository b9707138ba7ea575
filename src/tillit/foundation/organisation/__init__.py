"""The map: municipality, districts, teams, work groups, offices, and the areas they answer for."""
