"""Samspill: customer service in one record."""
