"""A column of pandas, cleaned; docs/pipelines.md, "Arrow", has its edits, too."""

import pandas as pd

import cleaner.integrations.pandas  # noqa: F401  # brings .cleaner

pages = pd.DataFrame({"text": ["He left.\n\nAdvertisement", None]}, dtype="string")
pages["text"] = pages["text"].cleaner.clean()
print(pages)
