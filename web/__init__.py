"""The reader's pages: the archive, stories, search, feeds, and each reader's own page; no JavaScript, nothing private without a token."""
