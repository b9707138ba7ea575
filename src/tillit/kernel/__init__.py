"""Plain Python that every floor may use: periods, days in Oslo, numbers of persons, errors, events. No Django."""
