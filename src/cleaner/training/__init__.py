"""`python -m cleaner.training DATA... -o FILE`: trains a line model, and says how good.

DATA are JSONL files of labelled documents and Parquet files of pages with a reference
text. Every figure in the report is of rules and model together, on sites that
the model never saw.
"""
