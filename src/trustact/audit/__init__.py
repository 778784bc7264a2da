"""Audit: what anyone can check from the public files alone, with neither database nor office."""
