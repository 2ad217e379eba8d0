"""The reader's pages: the archive of editions, stories, search, and a reader's own page by signed link."""
