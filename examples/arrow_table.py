"""A column and a table of Arrow, cleaned."""

import pyarrow as pa

from cleaner.integrations.arrow import clean_array, clean_table

texts = pa.array(["He left.\n\nAdvertisement", None])
print(clean_array(texts).to_pylist())
table = clean_table(pa.table({"text": texts}), edits="cut", counts="counts")
print(table["cut"][0][0]["label"], table["counts"][0]["advertisement"])
