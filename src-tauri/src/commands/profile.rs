//! Connection profiles and where their secrets are kept. No secret is ever returned.

use greenroom_domain::ApiError;
use greenroom_domain::health::{Health};
use greenroom_domain::profile::{Profile, ProfileSummary, SecretStatus};
use greenroom_domain::StoreKind;
use serde::Deserialize;
use tauri::State;

use super::not_yet;
use crate::Greenroom;

/// A secret on its way into the vault. Never travels back.
#[derive(Clone, Deserialize, specta::Type)]
pub struct SecretInput {
    /// For which store.
    pub store: StoreKind,
    /// The password or secret access key.
    pub secret: String,
}

/// All profiles, readable or not.
#[tauri::command]
#[specta::specta]
pub async fn profile_list(app: State<'_, Greenroom>) -> Result<Vec<ProfileSummary>, ApiError> {
    let _ = app;
    Err(not_yet())
}

/// Closes the open profile and opens this one.
#[tauri::command]
#[specta::specta]
pub async fn profile_open(app: State<'_, Greenroom>, name: String) -> Result<ProfileSummary, ApiError> {
    let _ = app;
    drop((name,));
    Err(not_yet())
}

/// One profile, without its secrets.
#[tauri::command]
#[specta::specta]
pub async fn profile_get(app: State<'_, Greenroom>, name: String) -> Result<Profile, ApiError> {
    let _ = app;
    drop((name,));
    Err(not_yet())
}

/// Writes a profile and hands its secrets to the vault.
#[tauri::command]
#[specta::specta]
pub async fn profile_save(app: State<'_, Greenroom>, profile: Profile, secrets: Vec<SecretInput>, passphrase: Option<String>) -> Result<ProfileSummary, ApiError> {
    let _ = app;
    drop((profile, secrets, passphrase,));
    Err(not_yet())
}

/// Forgets a profile and its secrets.
#[tauri::command]
#[specta::specta]
pub async fn profile_delete(app: State<'_, Greenroom>, name: String) -> Result<(), ApiError> {
    let _ = app;
    drop((name,));
    Err(not_yet())
}

/// Connects all five stores once, with secrets given or kept, and reports how each is.
#[tauri::command]
#[specta::specta]
pub async fn profile_test(app: State<'_, Greenroom>, profile: Profile, secrets: Vec<SecretInput>, passphrase: Option<String>) -> Result<Health, ApiError> {
    let _ = app;
    drop((profile, secrets, passphrase,));
    Err(not_yet())
}

/// Where each secret of a profile is kept; never the secret.
#[tauri::command]
#[specta::specta]
pub async fn secret_status(app: State<'_, Greenroom>, name: String) -> Result<Vec<SecretStatus>, ApiError> {
    let _ = app;
    drop((name,));
    Err(not_yet())
}

/// Opens the encrypted file for this session.
#[tauri::command]
#[specta::specta]
pub async fn vault_unlock(app: State<'_, Greenroom>, passphrase: String) -> Result<(), ApiError> {
    let _ = app;
    drop((passphrase,));
    Err(not_yet())
}
