//! Sessions, rooms, queues and locks in Redis.
