"""Cleaning: characters, boilerplate, datelines, credits and names. Pure functions on text."""

from processing.cleaning.paragraphs import Cleaned, House, clean
from processing.cleaning.text import tidy

__all__ = ["Cleaned", "House", "clean", "tidy"]
