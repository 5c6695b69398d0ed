"""SQL that Django's models cannot say; used by the first migration and proven by a test."""

EVENTS = """
CREATE FUNCTION samspill_event_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('samspill_events', json_build_object(
        'id', NEW.id, 'kind', NEW.kind, 'contact', NEW.contact_id, 'conversation', NEW.conversation_id,
        'actor', NEW.actor)::text);
    RETURN NULL;
END $$;
CREATE TRIGGER samspill_event_tell AFTER INSERT ON samspill_event
    FOR EACH ROW EXECUTE FUNCTION samspill_event_tell();
CREATE FUNCTION samspill_event_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are append-only';
END $$;
CREATE TRIGGER samspill_event_keep BEFORE UPDATE OR DELETE ON samspill_event
    FOR EACH ROW EXECUTE FUNCTION samspill_event_keep();
CREATE INDEX samspill_event_at ON samspill_event USING brin (at);
"""

EVENTS_BACK = """
DROP TRIGGER samspill_event_tell ON samspill_event;
DROP TRIGGER samspill_event_keep ON samspill_event;
DROP FUNCTION samspill_event_tell();
DROP FUNCTION samspill_event_keep();
DROP INDEX samspill_event_at;
"""
