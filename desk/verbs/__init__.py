"""The verbs of `pantau`, by what they work on."""
