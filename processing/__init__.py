"""The core: what an article is, what it says, which story it belongs to, and what a reader is told."""
