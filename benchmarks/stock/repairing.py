"""Gives a stock site what its search needs and no migration of it makes: on PostgreSQL the index on `title || body`
that the query asks and a comment in `modelsearch.abstract_models` speaks of; on both databases `ANALYZE`, without
which SQLite looks through all entries for each hit.

    python -m benchmarks.stock.repairing
"""

from __future__ import annotations

import django


def main() -> None:
    django.setup()
    from django.db import connection
    from modelsearch.conf import get_app_config

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            table = get_app_config().get_model("IndexEntry")._meta.db_table
            cursor.execute(f"CREATE INDEX {table}_title_body ON {table} USING gin ((title || body))")
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
