"""Channels: how documents come in by themselves. Each hands what arrives to casework and only then lets go of it."""
