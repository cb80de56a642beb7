//! The audit trail, read only.

use greenroom_domain::ApiError;
use greenroom_domain::audit::{AuditEntry, AuditListRequest, AuditVerification};
use greenroom_domain::id::AuditSeq;
use greenroom_domain::page::Page;
use greenroom_operations::audit;
use tauri::State;

use crate::Greenroom;

/// A page of the trail, newest first.
#[tauri::command]
#[specta::specta]
pub async fn audit_list(app: State<'_, Greenroom>, request: AuditListRequest) -> Result<Page<AuditEntry>, ApiError> {
    let open = app.open().await?;
    open.ask(audit::list(&open.stores, &open.access.caller(), request))
        .await
}

/// One entry.
#[tauri::command]
#[specta::specta]
pub async fn audit_get(app: State<'_, Greenroom>, seq: AuditSeq) -> Result<AuditEntry, ApiError> {
    let open = app.open().await?;
    open.ask(audit::get(&open.stores, &open.access.caller(), seq)).await
}

/// Walks the chain and reports its breaks.
#[tauri::command]
#[specta::specta]
pub async fn audit_verify(app: State<'_, Greenroom>) -> Result<AuditVerification, ApiError> {
    let open = app.open().await?;
    open.ask(audit::verify(&open.stores, &open.access.caller())).await
}
