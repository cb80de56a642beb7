//! `overview`: the figures of a span.

use greenroom_domain::overview::OverviewSpan;
use greenroom_operations::overview;

use crate::args::{Global, OverviewArgs, SpanArg};
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Column, Kind, Output};

const COLUMNS: &[Column] = &[
    Column("FIGURE", "kind", Kind::Text),
    Column("NOW", "value", Kind::Number),
    Column("BEFORE", "previous", Kind::Number),
    Column("SIZE", "size_bytes", Kind::Size),
    Column("PROBLEM", "problem.message", Kind::Text),
];

pub(crate) async fn run(args: OverviewArgs, flags: &Global, output: Output) -> Result<(), Failure> {
    let span = match args.span {
        SpanArg::Today => OverviewSpan::Today,
        SpanArg::Week => OverviewSpan::Week,
        SpanArg::Month => OverviewSpan::Month,
    };
    let context = Context::open(flags, output).await?;
    let figures = context
        .ask(overview::get(&context.stores, &context.caller(), span))
        .await?;
    if output.json {
        return output.document(&figures);
    }
    let value = serde_json::to_value(&figures)?;
    output.text(&output.table(COLUMNS, value["figures"].as_array().map_or(&[], Vec::as_slice), true))
}
