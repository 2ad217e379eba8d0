"""What can go wrong, in sentences for people: each names what is wrong and what to do about it."""


class PantauError(Exception):
    """A fault that a person can mend; its text is one sentence for that person."""


class SettingError(PantauError):
    """A setting is missing or wrong; the sentence names it."""


class DatabaseError(PantauError):
    """The database cannot be reached or is not what was expected."""


class ArchiveError(PantauError):
    """A WARC file or record cannot be found or read."""


class Rejected(PantauError):
    """A fetched document is not an article that we keep; the sentence is the reason stored with its fate."""


class Quarantined(PantauError):
    """A fetched document should have been an article but could not be read; kept aside with its error."""
