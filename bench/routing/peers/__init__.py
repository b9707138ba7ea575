"""Who takes part: one module each, ``solve(task) -> Answer`` or a reason why the instance cannot be expressed."""
