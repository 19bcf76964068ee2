"""Clean a folder of JSONL or Parquet with Ray Data: ray_data.py IN OUT [CPUS]."""

import sys
from pathlib import Path

import ray.data

from cleaner.integrations.ray import CleanBatch, count_labels

if __name__ == "__main__":
    source, target = sys.argv[1:3]
    ray.init(num_cpus=int(sys.argv[3]) if sys.argv[3:] else None)
    is_parquet = any(Path(source).glob("*.parquet"))
    pages = (ray.data.read_parquet if is_parquet else ray.data.read_json)(source)
    clean = CleanBatch("text", counts="counts")
    done = pages.map_batches(clean, batch_format="pyarrow", batch_size=1_000)
    Path(target).mkdir(parents=True)  # it must be new: what is there would be added to
    done.write_parquet(target)
    print(dict(count_labels(ray.data.read_parquet(target), "counts")))
