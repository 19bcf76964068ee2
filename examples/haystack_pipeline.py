"""A component of a Haystack pipeline."""

from haystack import Document, Pipeline

from cleaner.integrations.haystack import CleanDocuments

pipeline = Pipeline()
pipeline.add_component("cleaner", CleanDocuments(edits="cut"))
pages = [Document(content="He left.\n\nAdvertisement"), Document(content=None)]
for clean in pipeline.run({"cleaner": {"documents": pages}})["cleaner"]["documents"]:
    print(repr(clean.content), clean.meta)
