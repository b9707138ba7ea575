"""What may be shown: small numbers, what can be reckoned from them, and answers to several questions."""
