"""The nouns of Pantau, shared by every room: plain frozen data, no behaviour that needs a library."""

from processing.model.article import Article, Page
from processing.model.crawl import (
    Bounds,
    CrawlResult,
    Fate,
    Fetch,
    FetchKind,
    Job,
    Record,
    Validators,
)
from processing.model.judgement import Attribution, Entity, Judgement, Match, TopicTag
from processing.model.outlet import (
    Evidence,
    Listing,
    ListingKind,
    Outlet,
    Ownership,
    PageRules,
    ReadMode,
)
from processing.model.story import Arrival, Assignment, Story, StoryArticle

__all__ = [
    "Arrival",
    "Article",
    "Assignment",
    "Attribution",
    "Bounds",
    "CrawlResult",
    "Entity",
    "Evidence",
    "Fate",
    "Fetch",
    "FetchKind",
    "Job",
    "Judgement",
    "Listing",
    "ListingKind",
    "Match",
    "Outlet",
    "Ownership",
    "Page",
    "PageRules",
    "ReadMode",
    "Record",
    "Story",
    "StoryArticle",
    "TopicTag",
    "Validators",
]
