"""The journal's rules: plain values in, plain values out."""
