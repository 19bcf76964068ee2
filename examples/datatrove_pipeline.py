"""Clean a folder of JSONL with datatrove, resumable: IN OUT [TASKS] [WORKERS]."""

import sys

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

from cleaner.integrations.datatrove import CleanText

if __name__ == "__main__":
    source, target = sys.argv[1:3]
    tasks, workers = map(int, sys.argv[3:5] or (1, 1))
    steps = [JsonlReader(source), CleanText(edits="cut"), JsonlWriter(target)]
    logs = f"{target}/logs"
    LocalPipelineExecutor(steps, tasks, workers, logging_dir=logs).run()
