"""A step of LlamaIndex' ingestion, before splitters and embeddings."""

from llama_index.core import Document
from llama_index.core.ingestion import IngestionPipeline

from cleaner.integrations.llama_index import CleanNodes

pipeline = IngestionPipeline(transformations=[CleanNodes(edits="cut")])
for node in pipeline.run(documents=[Document(text="He left.\n\nAdvertisement")]):
    print(repr(node.get_content()), node.metadata["cut"][0]["label"])
