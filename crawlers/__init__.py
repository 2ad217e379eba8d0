"""Crawling: outlets declared, their articles found and fetched, each response kept in a WARC file. No meaning is read here."""
