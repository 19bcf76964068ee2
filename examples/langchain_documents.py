"""Documents of LangChain, cleaned before they are split and embedded."""

from langchain_core.documents import Document

from cleaner.integrations.langchain import CleanDocuments

page = Document("He left.\n\nAdvertisement", metadata={"url": "https://example.org"})
for clean in CleanDocuments(edits="cut").transform_documents([page]):
    print(repr(clean.page_content), clean.metadata["cut"][0]["label"])
