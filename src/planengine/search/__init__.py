"""The search: arrays, incremental timing, moves, annealing. Everything here but ``run`` is compiled by numba."""
