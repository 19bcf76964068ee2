"""A function of DuckDB's SQL."""

import duckdb

from cleaner.integrations.duckdb import register

connection = duckdb.connect()
register(connection)
connection.execute("CREATE TABLE pages (text VARCHAR)")
page = "He left.\n\nAdvertisement"
connection.execute("INSERT INTO pages VALUES (?), (NULL)", [page])
print(connection.execute("SELECT clean_text(text) FROM pages").fetchall())
