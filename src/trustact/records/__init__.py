"""The only writer: the office's folder and keys, its database, its vault, and the ledger rows."""
