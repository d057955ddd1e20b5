"""A small Users API provider."""
