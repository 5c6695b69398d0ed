"""A company that has been busy for years: contacts, conversations and messages, made inside the database."""

from typing import Any

from django.db import connection

CONTACTS = """
INSERT INTO samspill_contact (name, language, country, time_zone, vip, attributes, created_at)
SELECT 'Customer ' || n, (ARRAY['nb','de','zh-Hant','en'])[1 + n %% 4], 'NO', '', false, '{}',
    now() - n * interval '5 minutes' FROM generate_series(1, %(people)s) n RETURNING id
"""
IDENTITIES = """
INSERT INTO samspill_identity (contact_id, kind, scope, value_hash, sealed, created_at)
SELECT id, 'visitor', %(inbox)s::text, md5('crowd' || id) || md5(id::text), '', created_at
FROM samspill_contact WHERE name LIKE 'Customer %%'
"""
CONVERSATIONS = """
WITH people AS (SELECT id, contact_id, row_number() OVER (ORDER BY id) - 1 AS place FROM samspill_identity
    WHERE value_hash = md5('crowd' || contact_id) || md5(contact_id::text))
INSERT INTO samspill_conversation (inbox_id, contact_id, identity_id, status, in_charge, subject, language,
    sentiment, mood, urgent, trend, intent, assignee_id, summary, facts, page, waiting_since, last_message_at,
    created_at, closed_at)
SELECT %(inbox)s, p.contact_id, p.id,
    CASE WHEN n > %(people)s THEN 'closed' WHEN n %% 5 = 0 THEN 'open' WHEN n %% 50 = 1 THEN 'snoozed' ELSE 'closed' END,
    CASE WHEN n %% 3 = 0 THEN 'person' ELSE 'assistant' END, '', (ARRAY['nb','de','zh-Hant','en'])[1 + n %% 4],
    (n %% 21 - 10) / 10.0, CASE WHEN n %% 21 < 3 THEN 'frustrated' ELSE 'neutral' END, n %% 97 = 0, '[]', '',
    CASE WHEN n %% 7 < 3 THEN (%(agents)s::bigint[])[1 + n %% array_length(%(agents)s::bigint[], 1)] END,
    '', '[]', '', CASE WHEN n %% 4 = 0 THEN now() - n * interval '2 minutes' END,
    now() - n * interval '5 minutes', now() - n * interval '6 minutes', now()
FROM generate_series(1, %(count)s) n JOIN people p ON p.place = n %% %(people)s
RETURNING id
"""
MESSAGES = """
INSERT INTO samspill_message (conversation_id, direction, author, external_id, text, language, sentiment, mood,
    reading, extras, delivery, created_at)
SELECT c.id, CASE WHEN k %% 2 = 1 THEN 'in' ELSE 'out' END, CASE WHEN k %% 2 = 1 THEN 'contact' ELSE 'assistant' END,
    'crowd:' || k, (ARRAY['Where is my order from last week?', 'Your order is on its way and arrives on Thursday.',
    'The inverter shows a red light', 'Wie lange dauert die Lieferung?', 'Hvor mye koster et batteri?'])[k]
    || ' ' || md5(c.id::text || k), c.language, 0, 'neutral', '{}', '{}', 'sent', c.created_at + k * interval '10 seconds'
FROM samspill_conversation c CROSS JOIN generate_series(1, 5) k
WHERE NOT EXISTS (SELECT FROM samspill_message m WHERE m.conversation_id = c.id)
"""


def fill(conversations: int) -> dict[str, int]:
    """Fill the database up to `conversations` with five messages each; what is there stays."""
    with connection.cursor() as cursor:
        missing = conversations - _count(cursor, "samspill_conversation")
        if missing > 0:
            _fill(cursor, missing)
        names = ("conversation", "message", "contact", "event")
        return {f"{name}s": _count(cursor, f"samspill_{name}") for name in names}


def _fill(cursor: Any, missing: int) -> None:
    cursor.execute("SELECT id FROM samspill_inbox WHERE channel = 'webchat' ORDER BY id LIMIT 1")
    (inbox,) = cursor.fetchone()
    cursor.execute("SELECT id FROM samspill_agent WHERE is_active ORDER BY id")
    agents = [row[0] for row in cursor.fetchall()]
    given = {"inbox": inbox, "agents": agents, "count": missing, "people": max(1, missing * 2 // 5)}
    for statement in (CONTACTS, IDENTITIES, CONVERSATIONS, MESSAGES):
        cursor.execute(statement, given)
    cursor.execute("ANALYZE")


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
    return int(cursor.fetchone()[0])
