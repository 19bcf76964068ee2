"""Hypothesis without deadlines: the machines that run the tests are shared."""

from hypothesis import settings

settings.register_profile("cleaner", deadline=None)
settings.load_profile("cleaner")
