"""What is counted, and what it asks for: plain values in, plain values out."""
