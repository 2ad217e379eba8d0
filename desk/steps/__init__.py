"""The steps of the route, one function a task: the verbs of `pantau` and the DAGs call the same ones.

Each opens its own connection from the settings, takes and gives what JSON can carry, and may be run again.
"""

from desk.steps.alerting import send_alerts
from desk.steps.backfilling import Backfilled, backfill
from desk.steps.crawling import CrawlFailed, crawl, enabled_outlets
from desk.steps.delivering import MailWaits, deliver
from desk.steps.digesting import (
    NotBuilt,
    NothingDue,
    build_editions,
    preview,
    rerender,
    serve,
    stored_edition,
)
from desk.steps.forgetting import Forgotten, forget
from desk.steps.joining import join_stories
from desk.steps.reading import ReadingFailed, process_run, waiting_runs
from desk.steps.retagging import retag
from desk.steps.retaining import NotDeleted, give_up, let_go, overdue
from desk.steps.returning import MailRead, read_mail
from desk.steps.subscribing import give_list, take_list
from desk.steps.telling import merge_stories, search, split_story, story_told
from desk.steps.tidying import tidy_readers

__all__ = [
    "Backfilled",
    "CrawlFailed",
    "Forgotten",
    "MailRead",
    "MailWaits",
    "NotBuilt",
    "NotDeleted",
    "NothingDue",
    "ReadingFailed",
    "backfill",
    "build_editions",
    "crawl",
    "deliver",
    "enabled_outlets",
    "forget",
    "give_list",
    "give_up",
    "join_stories",
    "let_go",
    "merge_stories",
    "overdue",
    "preview",
    "process_run",
    "read_mail",
    "rerender",
    "retag",
    "search",
    "send_alerts",
    "serve",
    "split_story",
    "stored_edition",
    "story_told",
    "take_list",
    "tidy_readers",
    "waiting_runs",
]
