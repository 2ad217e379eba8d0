"""Whom and what an article names: countries, people, organisations, forces, weapons, vessels and places."""

from processing.entities.finding import Findings, find_entities
from processing.entities.labels import label_in, names_in

__all__ = ["Findings", "find_entities", "label_in", "names_in"]
