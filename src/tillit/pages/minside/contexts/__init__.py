"""What the pages show: plain values, and nothing the one who looks is not let in to."""
