"""The digest: what is told and why (edition), in which words (render), as which message, and how it is sent (delivery)."""
