"""The index: fact files compiled to SQLite, and the queries over it."""
