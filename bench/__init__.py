"""The law engine beside its peers: speed and size, as ratios measured in one run. `python -m bench`."""
