"""The yardstick in ten engines, each written the way its own documentation would write it."""
