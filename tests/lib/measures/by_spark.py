"""Takes the standard measures of a folder of tables by a local Spark and prints them: `python by_spark.py FOLDER`.

A program of its own, because Spark and what it brings leave sockets open and warn of themselves.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import ibis
from pyspark.sql import SparkSession

from talanoa.lib.archive.tables import ALL
from talanoa.lib.measures.registered import STANDARD
from talanoa.lib.measures.taking import take_all

OPTIONS = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "2",
}


def main(folder: Path) -> None:
    """Print the results as JSON."""
    session = SparkSession.builder.master("local[2]").config(map=OPTIONS).getOrCreate()
    for table in ALL:
        session.read.parquet(str(folder / f"{table.name}.parquet")).createOrReplaceTempView(table.name)
    spark = ibis.pyspark.connect(session)

    def engine(query: str) -> Iterable[tuple[Any, ...]]:
        columns = spark.sql(query, dialect="duckdb").to_pyarrow().to_pydict()
        return zip(*columns.values(), strict=True)

    sys.stdout.write(f"{json.dumps([result.as_dict() for result in take_all(STANDARD, engine)])}\n")
    session.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
