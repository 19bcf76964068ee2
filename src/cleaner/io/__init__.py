"""Readers and writers: documents out of files, and back into them."""
