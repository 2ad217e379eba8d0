"""The engineer's tools: an outlet declared from what its site offers, checked field by field, and read again."""
