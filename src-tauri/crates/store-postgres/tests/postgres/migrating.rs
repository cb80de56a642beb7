//! Migrations: from nothing, over a deployment that stands, twice, and two at once. What the platform has is never touched.

use greenroom_domain::access::WritePermit;
use sqlx::AssertSqlSafe;

use crate::support::{Database, LIMIT};

/// The platform's own DDL, as the contract gives it, with an extra column and without two of its indexes.
const PLATFORM: &str = include_str!("platform.sql");

/// Everything in `public`: columns, defaults, constraints, indexes, sequences' places, and every row.
async fn fingerprint(database: &Database) -> String {
    let mut session = database.session().await;
    let catalog: String = sqlx::query_scalar(
        "SELECT string_agg(line, E'\\n' ORDER BY line) FROM ( \
           SELECT format('%s %s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, \
             pg_get_expr(d.adbin, d.adrelid)) AS line FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 \
             LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum \
             WHERE c.relnamespace = 'public'::regnamespace \
           UNION ALL SELECT format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint \
             WHERE connamespace = 'public'::regnamespace \
           UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' \
           UNION ALL SELECT format('%s %s', sequencename, last_value) FROM pg_sequences WHERE schemaname = 'public') AS lines \
         WHERE line NOT LIKE '%permissions%'",
    )
    .fetch_one(&mut session)
    .await
    .unwrap();
    let tables = [
        "users",
        "meetings",
        "meeting_participants",
        "meeting_recordings",
        "media_streams",
    ];
    let mut rows = String::new();
    for table in tables {
        let sql = format!(
            "SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY id)), '') FROM {table} AS t"
        );
        let line: String = sqlx::query_scalar(AssertSqlSafe(sql))
            .fetch_one(&mut session)
            .await
            .unwrap();
        rows.push_str(&format!("{table} {line}\n"));
    }
    format!("{catalog}\n{rows}")
}

#[tokio::test]
async fn an_empty_database_gets_the_whole_model_and_a_second_run_changes_nothing() {
    let database = Database::empty().await;
    let plan = database.postgres.migration_plan().await.unwrap();
    assert!(!plan.is_empty() && plan.iter().all(|migration| !migration.applied));
    let permit = WritePermit::issue();
    database.postgres.migrate(&permit, None).await.unwrap();
    database.postgres.probe(LIMIT).await.unwrap();
    assert!(
        database
            .postgres
            .migration_plan()
            .await
            .unwrap()
            .iter()
            .all(|migration| migration.applied)
    );
    let before = fingerprint(&database).await;
    let log = "SELECT string_agg(version || ' ' || installed_on, ',' ORDER BY version) FROM greenroom.migrations";
    let applied = database.ask(log).await;
    database.postgres.migrate(&permit, None).await.unwrap();
    assert_eq!(fingerprint(&database).await, before);
    assert_eq!(database.ask(log).await, applied);
    // The platform's schema stays the platform's: nothing of ours, nothing of the migrator's.
    let ours = "SELECT coalesce(string_agg(relname, ','), '') FROM pg_class WHERE relnamespace = 'public'::regnamespace \
                AND relname ~ 'sqlx|greenroom|audit'";
    assert_eq!(database.ask(ours).await, "");
}

#[tokio::test]
async fn a_fresh_model_is_exactly_the_platforms_own() {
    let database = Database::migrated().await;
    let platform = Database::empty().await;
    let contract = PLATFORM.split("-- deployment").next().unwrap();
    platform.run(contract).await;
    assert_eq!(fingerprint(&database).await, fingerprint(&platform).await);
}

#[tokio::test]
async fn a_deployment_with_data_is_left_exactly_as_it_was() {
    let database = Database::empty().await;
    database.run(PLATFORM).await;
    let before = fingerprint(&database).await;
    database.postgres.migrate(&WritePermit::issue(), None).await.unwrap();
    assert_eq!(fingerprint(&database).await, before);
    database.postgres.probe(LIMIT).await.unwrap();
    assert_eq!(
        database
            .postgres
            .user_list(&crate::paging::people(None, 10))
            .await
            .unwrap()
            .items
            .len(),
        3
    );
}

#[tokio::test]
async fn two_migrators_at_once_take_turns() {
    let database = Database::empty().await;
    let (permit, other) = (WritePermit::issue(), WritePermit::issue());
    let second = greenroom_store_postgres::Postgres::connect(&database.profile, Some(&database.password), LIMIT)
        .await
        .unwrap();
    let (one, two) = tokio::join!(database.postgres.migrate(&permit, None), second.migrate(&other, None));
    one.unwrap();
    two.unwrap();
    let plan = database.postgres.migration_plan().await.unwrap();
    assert!(plan.iter().all(|migration| migration.applied));
    assert_eq!(
        database.ask("SELECT count(*)::text FROM greenroom.migrations").await,
        plan.len().to_string()
    );
    // The migrator's lock is given back.
    assert_eq!(database.ask("SELECT count(*)::text FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())").await, "0");
}

#[tokio::test]
async fn a_migration_that_was_applied_in_another_form_is_not_run_over() {
    let database = Database::migrated().await;
    database
        .run("UPDATE greenroom.migrations SET checksum = 'other' WHERE version = 20260101000200")
        .await;
    let failure = database
        .postgres
        .migrate(&WritePermit::issue(), None)
        .await
        .unwrap_err();
    assert!(format!("{failure}").contains("20260101000200"), "{failure}");
}

#[tokio::test]
async fn a_user_named_like_our_schema_gets_the_platforms_tables_in_the_platforms_schema() {
    let database = Database::migrated().await;
    assert_eq!(database.profile.user, "greenroom", "this is what the test is about");
    let schemas = "SELECT string_agg(DISTINCT relnamespace::regnamespace::text, ',') FROM pg_class \
                   WHERE relname IN ('users', 'meetings', 'permissions') AND relkind = 'r'";
    assert_eq!(database.ask(schemas).await, "public");
}
