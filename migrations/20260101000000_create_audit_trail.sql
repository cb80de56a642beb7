-- Greenroom's own schema and its audit trail: append-only, numbered without gaps, chained by hashes.
-- How an entry's hash is made stands in src-tauri/crates/store-postgres/src/audit/chain.rs.
-- It comes first, so that every later migration can be recorded in it.

CREATE SCHEMA IF NOT EXISTS greenroom;

CREATE TABLE greenroom.audit_entries (
    seq           bigint PRIMARY KEY CHECK (seq > 0),
    change_id     text NOT NULL,
    phase         text NOT NULL CHECK (phase IN ('intent', 'outcome')),
    at            timestamptz NOT NULL,
    os_user       text NOT NULL,
    host          text NOT NULL,
    profile       text NOT NULL,
    face          text NOT NULL,
    action        text NOT NULL,
    store         text NOT NULL,
    target        text NOT NULL,
    reason        text,
    -- json, not jsonb: the text is part of what is hashed, so it must come back as it went in.
    before        json,
    after         json,
    outcome       text CHECK (outcome IN ('done', 'not_done', 'unknown')),
    failure       text,
    previous_hash text NOT NULL CHECK (previous_hash ~ '^[0-9a-f]{64}$'),
    hash          text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
    CHECK ((phase = 'outcome') = (outcome IS NOT NULL))
);
CREATE INDEX audit_entries_change_id ON greenroom.audit_entries (change_id);

-- The last entry's place and hash: what is gone from the end of audit_entries is missed by it.
CREATE TABLE greenroom.audit_head (
    id   boolean PRIMARY KEY DEFAULT true CHECK (id),
    seq  bigint NOT NULL,
    hash text NOT NULL
);
INSERT INTO greenroom.audit_head (seq, hash) VALUES (0, repeat('0', 64));

CREATE FUNCTION greenroom.audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only: % on %.% is refused', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE FUNCTION greenroom.audit_entry_follows_head() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    head greenroom.audit_head%ROWTYPE;
BEGIN
    SELECT * INTO head FROM greenroom.audit_head FOR UPDATE;
    IF NOT FOUND OR NEW.seq <> head.seq + 1 OR NEW.previous_hash <> head.hash THEN
        RAISE EXCEPTION 'audit entry % does not follow the head of the trail', NEW.seq
            USING ERRCODE = 'serialization_failure';
    END IF;
    UPDATE greenroom.audit_head SET seq = NEW.seq, hash = NEW.hash;
    RETURN NEW;
END
$$;

CREATE FUNCTION greenroom.audit_head_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq <> OLD.seq + 1 THEN
        RAISE EXCEPTION 'the head of the audit trail moves one entry at a time'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER audit_entries_append BEFORE INSERT ON greenroom.audit_entries
    FOR EACH ROW EXECUTE FUNCTION greenroom.audit_entry_follows_head();
CREATE TRIGGER audit_entries_keep BEFORE UPDATE OR DELETE ON greenroom.audit_entries
    FOR EACH ROW EXECUTE FUNCTION greenroom.audit_is_append_only();
CREATE TRIGGER audit_entries_keep_all BEFORE TRUNCATE ON greenroom.audit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION greenroom.audit_is_append_only();
CREATE TRIGGER audit_head_forward BEFORE UPDATE ON greenroom.audit_head
    FOR EACH ROW EXECUTE FUNCTION greenroom.audit_head_moves_on();
CREATE TRIGGER audit_head_keep BEFORE DELETE ON greenroom.audit_head
    FOR EACH ROW EXECUTE FUNCTION greenroom.audit_is_append_only();
CREATE TRIGGER audit_head_keep_all BEFORE TRUNCATE ON greenroom.audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION greenroom.audit_is_append_only();
