"""A data frame of Spark, cleaned."""

import os
import sys

from pyspark.sql import SparkSession

from cleaner.integrations.spark import clean_frame

os.environ["PYSPARK_PYTHON"] = sys.executable
spark = SparkSession.builder.master("local[2]").getOrCreate()
pages = spark.createDataFrame([("He left.\n\nAdvertisement",), (None,)], "text string")
clean_frame(pages, counts="counts").select("text", "counts.advertisement").show()
spark.stop()
