//! Connection profiles and where their secrets are kept. No secret is ever returned.

use greenroom_domain::health::Health;
use greenroom_domain::profile::{Profile, ProfileSummary, SecretStatus};
use greenroom_domain::{ApiError, StoreKind};
use greenroom_operations::connections::Stores;
use greenroom_operations::deployment::off_the_runtime;
use greenroom_operations::profiles::Loaded;
use greenroom_operations::secrets::Secrets;
use secrecy::SecretString;
use serde::Deserialize;
use tauri::State;

use crate::Greenroom;

/// A secret on its way into the vault. Never travels back.
#[derive(Clone, Deserialize, specta::Type)]
pub struct SecretInput {
    /// For which store.
    pub store: StoreKind,
    /// The password or secret access key.
    pub secret: String,
}

/// All profiles, readable or not, and the running local stack's.
#[tauri::command]
#[specta::specta]
pub async fn profile_list(app: State<'_, Greenroom>) -> Result<Vec<ProfileSummary>, ApiError> {
    app.profile_list().await
}

/// Closes the open profile and opens this one. Where it cannot be opened, the open one stays.
#[tauri::command]
#[specta::specta]
pub async fn profile_open(app: State<'_, Greenroom>, name: String) -> Result<ProfileSummary, ApiError> {
    Ok(app.open_profile(&name).await?.summary().clone())
}

/// One profile, without its secrets.
#[tauri::command]
#[specta::specta]
pub async fn profile_get(app: State<'_, Greenroom>, name: String) -> Result<Profile, ApiError> {
    Ok(app.load_profile(&name).await?.profile)
}

/// Writes a profile and hands its secrets to the keychain, else to the encrypted file, which wants the passphrase.
#[tauri::command]
#[specta::specta]
pub async fn profile_save(
    app: State<'_, Greenroom>,
    profile: Profile,
    secrets: Vec<SecretInput>,
    passphrase: Option<String>,
) -> Result<ProfileSummary, ApiError> {
    let (profiles, vaults) = (app.profiles().clone(), app.vaults(passphrase.map(SecretString::from)));
    let given = gathered(secrets);
    let saved = off_the_runtime(move || {
        // The secrets first: a profile without them could not be opened.
        if !given.is_empty() {
            vaults.keep(&profile.name, &given)?;
        }
        let path = profiles.save(&profile)?;
        Ok(Loaded { profile, path })
    });
    Ok(greenroom_operations::deployment::summary(&saved.await?))
}

/// Forgets a profile and its secrets. One that is open stays open.
#[tauri::command]
#[specta::specta]
pub async fn profile_delete(app: State<'_, Greenroom>, name: String) -> Result<(), ApiError> {
    let (profiles, vaults) = (app.profiles().clone(), app.vaults(None));
    let forget = move || {
        profiles.delete(&name)?;
        Ok(vaults.forget(&name)?)
    };
    Ok(off_the_runtime(forget).await?)
}

/// Connects all five stores once, with secrets given or kept, and reports how each is.
#[tauri::command]
#[specta::specta]
pub async fn profile_test(
    app: State<'_, Greenroom>,
    profile: Profile,
    secrets: Vec<SecretInput>,
    passphrase: Option<String>,
) -> Result<Health, ApiError> {
    let vaults = app.vaults(passphrase.map(SecretString::from));
    let file = app.load_profile(&profile.name).await.ok().map(|loaded| loaded.path);
    let of = profile.clone();
    let kept = off_the_runtime(move || Ok(vaults.load(&of, file.as_deref())?)).await?;
    let all = secrets
        .into_iter()
        .fold(kept, |all, input| all.with(input.store, input.secret));
    Ok(Stores::try_out(profile, &all).await)
}

/// Where each secret of a profile is kept; never the secret.
#[tauri::command]
#[specta::specta]
pub async fn secret_status(app: State<'_, Greenroom>, name: String) -> Result<Vec<SecretStatus>, ApiError> {
    let loaded = app.load_profile(&name).await?;
    let vaults = app.vaults(None);
    Ok(off_the_runtime(move || Ok(vaults.status(&loaded.profile, Some(&loaded.path))?)).await?)
}

/// Gives the passphrase of the encrypted files for this session, and opens the profile that was waiting for it.
#[tauri::command]
#[specta::specta]
pub async fn vault_unlock(app: State<'_, Greenroom>, passphrase: String) -> Result<(), ApiError> {
    app.unlock(SecretString::from(passphrase)).await
}

fn gathered(secrets: Vec<SecretInput>) -> Secrets {
    secrets
        .into_iter()
        .fold(Secrets::none(), |all, input| all.with(input.store, input.secret))
}
