//! `search TEXT`: what the window's palette finds.

use greenroom_operations::search;

use crate::args::Global;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Column, Kind, Output};

const PARTS: &[(&str, &[Column])] = &[
    (
        "users",
        &[
            Column("ID", "id", Kind::Number),
            Column("USERNAME", "username", Kind::Text),
            Column("NAME", "full_name", Kind::Text),
        ],
    ),
    (
        "meetings",
        &[
            Column("ID", "id", Kind::Number),
            Column("TITLE", "title", Kind::Text),
            Column("START", "start_time", Kind::Time),
        ],
    ),
    (
        "recordings",
        &[
            Column("ID", "id", Kind::Number),
            Column("MEETING", "meeting_title", Kind::Text),
            Column("FILE", "file_path", Kind::Text),
        ],
    ),
];

pub(crate) async fn run(text: String, flags: &Global, output: Output) -> Result<(), Failure> {
    let context = Context::open(flags, output).await?;
    let found = context
        .ask(search::search(&context.stores, &context.caller(), text))
        .await?;
    if output.json {
        return output.document(&found);
    }
    let value = serde_json::to_value(&found)?;
    let mut nothing = true;
    for (name, columns) in PARTS {
        let items = value[*name].as_array().map_or(&[][..], Vec::as_slice);
        if !items.is_empty() {
            nothing = false;
            output.text(&format!(
                "{}\n{}\n",
                name.to_uppercase(),
                output.table(columns, items, true)
            ))?;
        }
    }
    for problem in &found.problems {
        output.remark(&format!("not searched: {}", problem.message));
    }
    if nothing {
        output.remark("nothing matches");
    }
    Ok(())
}
