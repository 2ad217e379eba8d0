"""Backfills: pages of declared outlets out of the WARC files of a public web archive."""
