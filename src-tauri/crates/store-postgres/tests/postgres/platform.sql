-- The platform's own tables, word for word as it makes them.

CREATE TABLE users (
    id BIGSERIAL PRIMARY KEY,
    username VARCHAR(255) UNIQUE NOT NULL,
    email VARCHAR(255) UNIQUE NOT NULL,
    password_hash VARCHAR(255) NOT NULL,
    full_name VARCHAR(255),
    avatar_url VARCHAR(512),
    status VARCHAR(50) DEFAULT 'active',
    role VARCHAR(50) DEFAULT 'user',
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    deleted_at TIMESTAMP
);
CREATE INDEX idx_users_email ON users(email);
CREATE INDEX idx_users_username ON users(username);

CREATE TABLE meetings (
    id BIGSERIAL PRIMARY KEY,
    title VARCHAR(255) NOT NULL,
    description TEXT,
    creator_id BIGINT NOT NULL REFERENCES users(id),
    status VARCHAR(50) DEFAULT 'scheduled',
    start_time TIMESTAMP NOT NULL,
    end_time TIMESTAMP,
    max_participants INT DEFAULT 100,
    is_recording BOOLEAN DEFAULT FALSE,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    deleted_at TIMESTAMP
);
CREATE INDEX idx_meetings_creator_id ON meetings(creator_id);
CREATE INDEX idx_meetings_status ON meetings(status);
CREATE INDEX idx_meetings_start_time ON meetings(start_time);

CREATE TABLE meeting_participants (
    id BIGSERIAL PRIMARY KEY,
    meeting_id BIGINT NOT NULL REFERENCES meetings(id),
    user_id BIGINT NOT NULL REFERENCES users(id),
    join_time TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    leave_time TIMESTAMP,
    role VARCHAR(50) DEFAULT 'participant',
    is_muted BOOLEAN DEFAULT FALSE,
    is_video_on BOOLEAN DEFAULT TRUE,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_participants_meeting_id ON meeting_participants(meeting_id);
CREATE INDEX idx_participants_user_id ON meeting_participants(user_id);
CREATE UNIQUE INDEX idx_participants_unique ON meeting_participants(meeting_id, user_id);

CREATE TABLE meeting_recordings (
    id BIGSERIAL PRIMARY KEY,
    meeting_id BIGINT NOT NULL REFERENCES meetings(id),
    file_path VARCHAR(512) NOT NULL,
    file_size BIGINT,
    duration INT,
    format VARCHAR(50),
    status VARCHAR(50) DEFAULT 'processing',
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_recordings_meeting_id ON meeting_recordings(meeting_id);
CREATE INDEX idx_recordings_status ON meeting_recordings(status);

CREATE TABLE media_streams (
    id BIGSERIAL PRIMARY KEY,
    meeting_id BIGINT NOT NULL REFERENCES meetings(id),
    participant_id BIGINT NOT NULL REFERENCES meeting_participants(id),
    stream_type VARCHAR(50),
    codec VARCHAR(50),
    bitrate INT,
    resolution VARCHAR(50),
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_streams_meeting_id ON media_streams(meeting_id);
CREATE INDEX idx_streams_participant_id ON media_streams(participant_id);

-- deployment: what a real one may have beyond the contract, and lack
ALTER TABLE users ADD COLUMN tenant TEXT DEFAULT 'acme';
ALTER TABLE meetings ADD COLUMN series_id BIGINT;
DROP INDEX idx_meetings_status;
CREATE INDEX meetings_by_title ON meetings(title);
INSERT INTO users (username, email, password_hash, full_name) VALUES
    ('a', 'a@example.com', 'x', '陈晓'), ('b', 'b@example.com', 'x', NULL), ('c', 'c@example.com', 'x', 'C');
INSERT INTO meetings (title, creator_id, start_time, series_id) VALUES ('one', 1, '2024-01-01', 7), ('two', 2, 'infinity', NULL);
INSERT INTO meeting_participants (meeting_id, user_id) VALUES (1, 1), (1, 2);
INSERT INTO meeting_recordings (meeting_id, file_path) VALUES (1, 'recordings/meeting_1/recording_20240101_120000.mp4');
INSERT INTO media_streams (meeting_id, participant_id, stream_type) VALUES (1, 1, 'video');
