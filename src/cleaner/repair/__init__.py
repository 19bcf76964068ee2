"""Repairs: text decoded with the wrong encoding, and words that ran together."""
