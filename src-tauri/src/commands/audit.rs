//! The audit trail, read only.

use greenroom_domain::ApiError;
use greenroom_domain::audit::{AuditEntry, AuditListRequest, AuditVerification};
use greenroom_domain::id::{AuditSeq};
use greenroom_domain::page::{Page};
use tauri::State;

use super::not_yet;
use crate::Greenroom;

/// A page of the trail, newest first.
#[tauri::command]
#[specta::specta]
pub async fn audit_list(app: State<'_, Greenroom>, request: AuditListRequest) -> Result<Page<AuditEntry>, ApiError> {
    let _ = app;
    drop((request,));
    Err(not_yet())
}

/// One entry.
#[tauri::command]
#[specta::specta]
pub async fn audit_get(app: State<'_, Greenroom>, seq: AuditSeq) -> Result<AuditEntry, ApiError> {
    let _ = app;
    drop((seq,));
    Err(not_yet())
}

/// Walks the chain and reports its breaks.
#[tauri::command]
#[specta::specta]
pub async fn audit_verify(app: State<'_, Greenroom>) -> Result<AuditVerification, ApiError> {
    let _ = app;
    Err(not_yet())
}
