"""What is wrong in a database after a storm. Every function returns the offenders, so that a test can name them."""

import time
from typing import Any

import psycopg

from samspill.flows.state import State

Database = psycopg.Connection[Any]
# what the assistant was to answer: everything up to the message with which it gave the conversation away
ANSWERABLE = """
    SELECT m.id, m.conversation_id FROM samspill_message m
    WHERE m.author = 'contact' AND NOT EXISTS (
        SELECT FROM samspill_turn t WHERE t.conversation_id = m.conversation_id
        AND t.outcome = 'handed_over' AND t.message_id < m.id)
    AND EXISTS (SELECT FROM samspill_inbound i WHERE i.message_id = m.id)
"""


def wait_until_settled(database: Database, seconds: float) -> None:
    """Wait until no job is due or running and every message has its turn. Raises TimeoutError."""
    until = time.monotonic() + seconds
    while jobs_left(database) or messages_without_one_turn(database):
        if time.monotonic() > until:
            raise TimeoutError(f"{jobs_left(database)} {messages_without_one_turn(database)}")
        time.sleep(0.5)


def jobs_left(database: Database) -> list[Any]:
    """Jobs that are due, run or have failed; of turns also those that wait for another try."""
    return _rows(
        database,
        "SELECT id, task_name, status, attempts, scheduled_at FROM procrastinate_jobs"
        " WHERE status IN ('doing', 'failed')"
        " OR (status = 'todo' AND (queue_name = 'turns' OR scheduled_at IS NULL OR scheduled_at <= now()))",
    )


def messages_not_kept_once(database: Database, acknowledged: dict[str, int]) -> list[str]:
    """Keys of acknowledged messages that are missing, doubled, or kept under another id."""
    rows = _rows(database, "SELECT external_id, array_agg(id) FROM samspill_message GROUP BY 1")
    kept = dict(rows)
    return [key for key, message in acknowledged.items() if kept.get(key) != [message]]


def messages_without_one_turn(database: Database) -> list[Any]:
    """Messages that the assistant should have taken, and has not."""
    return _rows(
        database,
        f"SELECT a.id FROM ({ANSWERABLE}) a LEFT JOIN samspill_turn t ON t.message_id = a.id"  # noqa: S608
        " GROUP BY a.id HAVING count(t.id) <> 1",
    )


def messages_without_one_reply(database: Database) -> list[Any]:
    """Messages that were answered twice or not at all."""
    return _rows(
        database,
        f"SELECT a.id, count(r.id) FROM ({ANSWERABLE}) a LEFT JOIN samspill_message r"  # noqa: S608
        " ON r.conversation_id = a.conversation_id AND r.external_id = 'turn:' || a.id"
        " GROUP BY a.id HAVING count(r.id) <> 1",
    )


def replies_out_of_order(database: Database) -> list[Any]:
    """Replies that came before the reply to an earlier message."""
    return _rows(
        database,
        "SELECT id FROM (SELECT id, substr(external_id, 6)::bigint AS answers, lag(substr(external_id, 6)::bigint)"
        " OVER (PARTITION BY conversation_id ORDER BY id) AS before FROM samspill_message"
        " WHERE external_id ~ '^turn:[0-9]+$') replies WHERE answers < before",
    )


def visitors_with_two_conversations(database: Database) -> list[Any]:
    """Visitors with more than one conversation; none was closed."""
    return _rows(
        database,
        "SELECT c.identity_id FROM samspill_conversation c WHERE EXISTS (SELECT FROM samspill_inbound i"
        " JOIN samspill_message m ON m.id = i.message_id WHERE m.conversation_id = c.id)"
        " GROUP BY 1 HAVING count(*) > 1",
    )


def arrivals_without_one_event(database: Database) -> list[Any]:
    """Messages whose arrival was told twice or never."""
    return _rows(
        database,
        "SELECT m.id FROM samspill_message m JOIN samspill_inbound i ON i.message_id = m.id"
        " LEFT JOIN samspill_event e ON e.kind = 'message.received' AND e.conversation_id = m.conversation_id"
        " AND (e.data->>'message')::bigint = m.id GROUP BY m.id HAVING count(e.id) <> 1",
    )


def states_that_do_not_load(database: Database) -> list[int]:
    """Conversations whose dialogue cannot go on."""
    broken = []
    for conversation, state in _rows(database, "SELECT conversation_id, state FROM samspill_dialogue"):
        try:
            State.model_validate(state)
        except ValueError:
            broken.append(conversation)
    return broken


def _rows(database: Database, query: str) -> list[Any]:
    return database.execute(query).fetchall()
