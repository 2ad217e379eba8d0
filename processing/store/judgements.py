"""Judgements: what was said of a revision, by which rules; a new version judges anew and the old verdict stays."""

from __future__ import annotations

from dataclasses import asdict

from psycopg2.extras import Json, execute_values

from processing.model import Judgement
from processing.store.connection import Connection, scalar


def judged(connection: Connection, revision: int, judged_by: str) -> bool:
    """Tell whether these rules have judged this revision already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM judgement WHERE (revision_id, judged_by) = (%s, %s)", (revision, judged_by))
        return scalar(cursor) is not None


def keep(connection: Connection, revision: int, judgement: Judgement) -> None:
    """Write down a verdict with its topics, entities and sources; one that this judge has given already stays."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO judgement (revision_id, judged_by, language, relevant, score) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (revision_id, judged_by) DO NOTHING RETURNING id",
            (revision, judgement.judged_by, judgement.language, judgement.relevant, judgement.score),
        )
        id_ = scalar(cursor)
        if id_ is None:
            return
        execute_values(
            cursor,
            "INSERT INTO topic_tag (judgement_id, topic, parent, score, evidence) VALUES %s",
            [
                (id_, tag.topic, tag.parent, tag.score, Json([asdict(match) for match in tag.evidence]))
                for tag in judgement.topics
            ],
        )
        execute_values(
            cursor,
            "INSERT INTO entity_mention (judgement_id, entity, kind, label, mentions, in_title) VALUES %s",
            [
                (id_, entity.id, entity.kind, entity.label, entity.mentions, entity.in_title)
                for entity in judgement.entities
            ],
        )
        execute_values(
            cursor,
            "INSERT INTO attribution (judgement_id, source, evidence, wire_copy) VALUES %s",
            [(id_, source.source, source.evidence, source.wire_copy) for source in judgement.sources],
        )
