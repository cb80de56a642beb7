-- Permissions per person. The platform keeps them in PostgreSQL without publishing their shape: where it has
-- made the table already, that one stays.

DO $$
BEGIN
    IF to_regclass('permissions') IS NULL THEN
        CREATE TABLE permissions (
            id BIGSERIAL PRIMARY KEY,
            user_id BIGINT NOT NULL REFERENCES users(id),
            resource VARCHAR(255) NOT NULL,
            action VARCHAR(50) NOT NULL,
            granted_by BIGINT REFERENCES users(id),
            granted_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
        );
        CREATE UNIQUE INDEX idx_permissions_unique ON permissions(user_id, resource, action);
    END IF;
END
$$;
