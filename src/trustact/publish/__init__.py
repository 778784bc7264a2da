"""The publish room: data in, bytes out. Reports, letters, receipts and open data, all reproducible.

Nothing here reads the clock, randomness, environment, network or database. The same arguments give the same
bytes, so that what was published can be made again and compared.
"""
