"""The second consumer of the Users API: the official Python client, whose models validate strictly."""
