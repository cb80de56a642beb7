//! Counting without hurting: exact up to a bound and a short deadline, on connections of its own, else the planner's estimate.

use greenroom_domain::ErrorCode;
use greenroom_domain::page::Total;
use greenroom_domain::value::Count;
use serde_json::Value;

use crate::value::Cells;
use crate::{COUNT_LIMIT, Error, Lane, Postgres, Query};

impl Postgres {
    /// How many rows `FROM … WHERE …` has. `push` writes that part, once for each of the two questions asked.
    pub(crate) async fn total(
        &self,
        operation: &'static str,
        push: impl Fn(&mut Query) + Send + Sync,
    ) -> Result<Total, Error> {
        let counted = {
            let mut query = Query::new("SELECT count(*) AS n FROM (SELECT 1");
            push(&mut query);
            query.push(" LIMIT ").push_bind(COUNT_LIMIT + 1).push(") AS bounded");
            match self.call(operation, Lane::Count).await {
                Ok(mut call) => call.row(&mut query).await,
                Err(cause) => Err(cause),
            }
        };
        let at_least = match counted {
            Ok(row) => {
                let count = row
                    .map(|row| row.long("n"))
                    .transpose()
                    .map_err(|cause| Error::read(operation, cause))?;
                let count = count.flatten().unwrap_or(0);
                if count <= COUNT_LIMIT {
                    return Ok(Total {
                        value: unsigned(count),
                        estimated: false,
                    });
                }
                count
            }
            Err(cause) if cause.code() == ErrorCode::StoreTimeout => 0,
            Err(cause) => return Err(cause),
        };
        let mut query = Query::new("EXPLAIN (FORMAT JSON) SELECT 1");
        push(&mut query);
        let mut call = self.call(operation, Lane::Main).await?;
        let row = call.row(&mut query).await?;
        let plan = row.map(|row| row_plan(&row)).transpose();
        let estimate = call.decoded(plan)?.flatten().unwrap_or(0);
        Ok(Total {
            value: unsigned(estimate.max(at_least)),
            estimated: true,
        })
    }
}

fn row_plan(row: &sqlx::postgres::PgRow) -> Result<Option<i64>, sqlx::Error> {
    use sqlx::Row as _;
    let plan: Value = row.try_get(0)?;
    let rows = plan.pointer("/0/Plan/Plan Rows").and_then(Value::as_f64);
    #[expect(clippy::cast_possible_truncation, reason = "a float to integer cast saturates")]
    Ok(rows.map(|rows| rows as i64))
}

fn unsigned(count: i64) -> Count {
    Count(u64::try_from(count).unwrap_or(0))
}
