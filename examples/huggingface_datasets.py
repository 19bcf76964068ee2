"""A Hugging Face data set, cleaned by two processes."""

from datasets import Dataset

from cleaner.integrations.datasets import CleanBatch

if __name__ == "__main__":
    pages = Dataset.from_dict({"text": ["He left.\n\nAdvertisement", None]})
    clean = pages.with_format("arrow").map(
        CleanBatch("text", edits="cut"), batched=True, num_proc=2
    )
    print(clean.with_format(None)["text"][:], clean.column_names)
