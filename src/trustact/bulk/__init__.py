"""Bulk: findings for millions of cases at once, each on its own date, equal to `decide` in every cell."""
