"""Witness: keeps the last checkpoint it saw of each ledger, and cosigns only what continues it.

It runs elsewhere than the office, at a city clerk or a newspaper, and needs neither the office nor its database.
"""
