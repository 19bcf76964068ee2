"""The parts of `throughput.py`: corpora, timing, sections, tables and the plot."""
