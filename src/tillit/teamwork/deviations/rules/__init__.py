"""How deviations are counted: plain values in, plain values out."""
