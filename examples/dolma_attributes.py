"""Attributes for dolma's mixer: IN.jsonl.gz OUT.jsonl.gz."""

import gzip
import json
import sys

from cleaner.integrations.dolma import attributes_of

source, target = sys.argv[1:3]
with (
    gzip.open(source, "rt", encoding="utf-8") as pages,
    gzip.open(target, "wt", encoding="utf-8") as rows,
):
    for row in attributes_of(map(json.loads, pages)):
        print(json.dumps(row), file=rows)
