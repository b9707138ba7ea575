"""Citizens: who they are, where they live, who is around them, who follows them."""
