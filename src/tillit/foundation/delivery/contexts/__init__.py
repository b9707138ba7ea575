"""What the pages of delivery show: plain values."""
