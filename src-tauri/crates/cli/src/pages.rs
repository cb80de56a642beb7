//! Lists: pages fetched one after another until the limit or the end, written as one document, a table, or a stream.

use std::future::Future;

use greenroom_domain::filter::{Field, Filter, Sort, Term};
use greenroom_domain::page::{MAX_LIMIT, Page, PageRequest, Total};
use serde::Serialize;
use serde_json::{Value, json};

use crate::args::{ListArgs, PageArgs};
use crate::failure::Failure;
use crate::output::{Column, Output};

/// Fetches and writes a list. `count` is only awaited where a total is shown, and a count that fails is no total.
pub(crate) async fn write<T, F, P>(
    output: Output,
    columns: &[Column],
    args: &PageArgs,
    count: impl Future<Output = Option<Total>>,
    fetch: F,
) -> Result<(), Failure>
where
    T: Serialize,
    F: Fn(PageRequest) -> P,
    P: Future<Output = Result<Page<T>, Failure>>,
{
    if args.all {
        return Box::pin(stream(output, columns, args.after.clone(), fetch)).await;
    }
    let (page, total) = tokio::join!(Box::pin(gather(args.limit, args.after.clone(), fetch)), Box::pin(count));
    let (items, next) = page?;
    if output.json {
        return output.document(&json!({
            "items": items,
            "next": next,
            "total": total.map(|total| total.value),
            "estimated": total.is_some_and(|total| total.estimated),
        }));
    }
    if items.is_empty() {
        output.remark("nothing matches");
        return Ok(());
    }
    output.text(&output.table(columns, &items, true))?;
    output.remark(&summary(items.len(), next.as_deref(), total));
    Ok(())
}

fn summary(shown: usize, next: Option<&str>, total: Option<Total>) -> String {
    let of = match total {
        Some(Total { value, estimated: true }) => format!(" of about {}", value.0),
        Some(Total {
            value,
            estimated: false,
        }) => format!(" of {}", value.0),
        None => String::new(),
    };
    let more = next
        .map(|next| format!("; go on with --after {next}"))
        .unwrap_or_default();
    format!("{shown}{of}{more}")
}

async fn gather<T, F, P>(limit: u32, after: Option<String>, fetch: F) -> Result<(Vec<Value>, Option<String>), Failure>
where
    T: Serialize,
    F: Fn(PageRequest) -> P,
    P: Future<Output = Result<Page<T>, Failure>>,
{
    let mut items = Vec::new();
    let mut after = after;
    loop {
        let left = limit - u32::try_from(items.len()).unwrap_or(limit).min(limit);
        let page = fetch(PageRequest {
            after,
            limit: left.min(MAX_LIMIT),
        })
        .await?;
        for item in page.items {
            items.push(serde_json::to_value(item)?);
        }
        after = page.next;
        if after.is_none() || items.len() >= limit as usize {
            return Ok((items, after));
        }
    }
}

async fn stream<T, F, P>(output: Output, columns: &[Column], after: Option<String>, fetch: F) -> Result<(), Failure>
where
    T: Serialize,
    F: Fn(PageRequest) -> P,
    P: Future<Output = Result<Page<T>, Failure>>,
{
    let mut after = after;
    let mut heading = true;
    loop {
        let page = fetch(PageRequest {
            after,
            limit: MAX_LIMIT,
        })
        .await?;
        if output.json {
            for item in &page.items {
                output.line(item)?;
            }
        } else if !page.items.is_empty() {
            let items = page
                .items
                .iter()
                .map(serde_json::to_value)
                .collect::<Result<Vec<_>, _>>()?;
            output.text(&output.table(columns, &items, heading))?;
            heading = false;
        }
        after = page.next;
        if after.is_none() {
            return Ok(());
        }
    }
}

/// `--search` and `--filter` as a filter.
pub(crate) fn filter<F: Field>(args: &ListArgs) -> Result<Filter<F>, Failure> {
    let terms = args
        .filters
        .iter()
        .map(|text| text.parse::<Term<F>>())
        .collect::<Result<Vec<_>, _>>();
    Ok(Filter {
        search: args.search.clone(),
        terms: terms.map_err(|error| Failure::invalid(error.to_string()))?,
    })
}

/// `--sort` as an order: a field's name, with a `-` before it turned round. Each field has its natural direction.
pub(crate) fn sort<S: Copy>(text: Option<&str>, known: &[(&str, S, bool)]) -> Result<Sort<S>, Failure> {
    let unknown = || {
        let names: Vec<&str> = known.iter().map(|(name, ..)| *name).collect();
        Failure::invalid(format!(
            "{:?} is nothing to sort by: {}",
            text.unwrap_or_default(),
            names.join(", ")
        ))
    };
    let Some(text) = text else {
        let (_, by, descending) = known.first().copied().ok_or_else(unknown)?;
        return Ok(Sort { by, descending });
    };
    let (turned, name) = text.strip_prefix('-').map_or((false, text), |name| (true, name));
    let found = known.iter().find(|(known, ..)| *known == name);
    let (_, by, descending) = found.copied().ok_or_else(unknown)?;
    Ok(Sort {
        by,
        descending: descending != turned,
    })
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    async fn fetch_from(source: &[u32], asked: &RefCell<Vec<u32>>, request: PageRequest) -> Result<Page<u32>, Failure> {
        asked.borrow_mut().push(request.limit);
        let start: usize = request.after.map_or(0, |after| after.parse().unwrap());
        let end = source.len().min(start + request.limit as usize);
        let next = (end < source.len()).then(|| end.to_string());
        Ok(Page::new(source[start..end].to_vec(), next))
    }

    #[tokio::test]
    async fn a_limit_beyond_one_page_is_gathered_from_several() {
        let source: Vec<u32> = (0..5000).collect();
        let asked = RefCell::default();
        let (items, next) = gather(2500, None, |request| fetch_from(&source, &asked, request))
            .await
            .unwrap();
        assert_eq!((items.len(), next.as_deref()), (2500, Some("2500")));
        assert_eq!(*asked.borrow(), [1000, 1000, 500]);
    }

    #[test]
    fn a_dash_turns_a_sort_round_and_an_unknown_field_is_refused() {
        let known = [("start", 1, true), ("id", 2, false)];
        let order = |text| sort(text, &known).map(|sort| (sort.by, sort.descending));
        assert_eq!(order(None).unwrap(), (1, true));
        assert_eq!(order(Some("-start")).unwrap(), (1, false));
        assert_eq!(order(Some("-id")).unwrap(), (2, true));
        assert!(order(Some("title")).is_err());
    }
}
