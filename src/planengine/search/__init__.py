"""The search: arrays, incremental timing, moves, annealing. Everything here is compiled by numba."""
