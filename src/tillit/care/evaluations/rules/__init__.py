"""What scales count and what an evaluation leads to: pure rules on plain values, one file for each tool."""
