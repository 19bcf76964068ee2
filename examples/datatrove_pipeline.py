"""Clean JSONL or Parquet with datatrove, resumable: IN OUT [TASKS] [WORKERS]."""

import sys
from pathlib import Path

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader, ParquetReader
from datatrove.pipeline.writers import JsonlWriter

from cleaner.integrations.datatrove import CleanText

if __name__ == "__main__":
    source, target = sys.argv[1:3]
    tasks, workers = map(int, sys.argv[3:5] or (1, 1))
    is_parquet = any(Path(source).glob("*.parquet"))
    reader = (ParquetReader if is_parquet else JsonlReader)(source)
    steps = [reader, CleanText(edits="cut"), JsonlWriter(target)]
    logs = f"{target}/logs"
    LocalPipelineExecutor(steps, tasks, workers, logging_dir=logs).run()
