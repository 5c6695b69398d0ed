"""SQL that Django's models cannot say; used by migrations and proven by tests."""

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

GOLDEN = """
CREATE FUNCTION samspill_golden_apart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM samspill_golden WHERE text_hash = NEW.text_hash AND removed_at IS NULL) THEN
        RAISE EXCEPTION 'a golden sentence is never learned from' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER samspill_golden_apart BEFORE INSERT OR UPDATE OF text_hash ON samspill_example
    FOR EACH ROW EXECUTE FUNCTION samspill_golden_apart();
"""

GOLDEN_BACK = """
DROP TRIGGER samspill_golden_apart ON samspill_example;
DROP FUNCTION samspill_golden_apart();
"""
