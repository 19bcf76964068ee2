"""What a site prints on its pages, counted by DuckDB and then cut by it."""

import duckdb

from cleaner import Config
from cleaner.integrations.duckdb import fit_duckdb, register

connection = duckdb.connect()
connection.execute("CREATE TABLE pages (url VARCHAR, text VARCHAR)")
for n in range(20):
    page = f"https://a.com/{n}", f"Story number {n}.\n\nXook-tsíib"
    connection.execute("INSERT INTO pages VALUES (?, ?)", page)
memory = fit_duckdb(connection, "pages").freeze()
register(connection, Config(memory=memory), name="clean_page")
query = "SELECT clean_page(text, url) FROM pages ORDER BY text LIMIT 2"
print(connection.execute(query).fetchall())
