"""Whom and what an article names: countries, people, organisations, forces, weapons, vessels and places."""

from processing.entities.finding import Findings, find_entities

__all__ = ["Findings", "find_entities"]
