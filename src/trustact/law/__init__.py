"""The law engine: packs of rules as data, and what they let the agency do."""
