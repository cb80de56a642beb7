//! `profile list|show|test|save|delete`. Secrets go in; none ever comes out.

use std::path::{Path, PathBuf};

use greenroom_domain::{ApiError, ErrorCode, StoreKind};
use greenroom_operations::Error;
use greenroom_operations::connections::Stores;
use greenroom_operations::deployment::{off_the_runtime, summary};
use greenroom_operations::places::Places;
use greenroom_operations::profiles;
use greenroom_operations::secrets::{Secrets, Vaults};
use serde_json::json;

use crate::args::{Global, ProfileCommand};
use crate::context;
use crate::failure::Failure;
use crate::output::{Column, Kind, Output};

const COLUMNS: &[Column] = &[
    Column("NAME", "name", Kind::Text),
    Column("ENVIRONMENT", "environment", Kind::Text),
    Column("READ ONLY", "read_only", Kind::Text),
    Column("FILE", "path", Kind::Text),
    Column("PROBLEM", "problem", Kind::Text),
];

const PLACES: &[Column] = &[
    Column("STORE", "store", Kind::Text),
    Column("SECRET IS IN", "place", Kind::Text),
];

pub(crate) async fn run(command: ProfileCommand, flags: &Global, output: Output) -> Result<(), Failure> {
    match command {
        ProfileCommand::List => list(output),
        ProfileCommand::Show { name } => show(name, flags, output).await,
        ProfileCommand::Test { name } => test(name, flags, output).await,
        ProfileCommand::Save {
            file,
            secret_stdin,
            ask_secrets,
        } => save(&file, secret_stdin, &ask_secrets, output).await,
        ProfileCommand::Delete { name, yes } => delete(name, yes, output).await,
    }
}

fn list(output: Output) -> Result<(), Failure> {
    let items = context::profiles().list().map_err(told)?;
    if output.json {
        let total = items.len();
        return output.document(&json!({ "items": items, "next": null, "total": total, "estimated": false }));
    }
    if items.is_empty() {
        output.remark("no profiles yet: greenroom profile save FILE");
        return Ok(());
    }
    let items = items.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>()?;
    output.text(&output.table(COLUMNS, &items, true))
}

async fn show(name: Option<String>, flags: &Global, output: Output) -> Result<(), Failure> {
    let loaded = load(name, flags)?;
    let of = loaded.clone();
    let secrets = off_the_runtime(move || Ok(vaults().status(&of.profile, Some(&of.path))?))
        .await
        .map_err(told)?;
    let whole = json!({ "profile": loaded.profile, "path": loaded.path, "secrets": secrets });
    if output.json {
        return output.document(&whole);
    }
    output.text(&output.facts(&whole["profile"]))?;
    output.text(&format!(
        "\n{}",
        output.table(PLACES, whole["secrets"].as_array().map_or(&[], Vec::as_slice), true)
    ))
}

async fn test(name: Option<String>, flags: &Global, output: Output) -> Result<(), Failure> {
    let loaded = load(name, flags)?;
    let of = loaded.clone();
    let secrets = off_the_runtime(move || Ok(vaults().load(&of.profile, Some(&of.path))?))
        .await
        .map_err(told)?;
    super::health::write(&Stores::try_out(loaded.profile, &secrets).await, output)
}

async fn save(file: &Path, stdin: Option<StoreKind>, ask: &[StoreKind], output: Output) -> Result<(), Failure> {
    let mut loaded = profiles::read(file).map_err(told)?;
    let mut secrets = Secrets::none();
    if let Some(store) = stdin {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line)?;
        secrets = secrets.with(store, line.trim_end_matches(['\r', '\n']));
    }
    for store in ask {
        if !output.can_ask() {
            return Err(Failure::invalid(
                "nobody can be asked for secrets here: use --secret-stdin STORE",
            ));
        }
        secrets.set(*store, context::ask_passphrase(&format!("Secret for {store}")).await?);
    }
    // Relative to the file it stood in; kept elsewhere it would point at nothing.
    if let Some(named) = &loaded.profile.secrets_file {
        let absolute = std::path::absolute(file.parent().unwrap_or(Path::new("")).join(named))?;
        loaded.profile.secrets_file = Some(absolute.display().to_string());
    }
    let kept = if secrets.is_empty() {
        None
    } else {
        Some(keep(&loaded.profile.name, secrets, output).await?)
    };
    loaded.path = context::profiles().save(&loaded.profile).map_err(told)?;
    let mut value = serde_json::to_value(summary(&loaded))?;
    value["secrets_in"] = serde_json::to_value(kept)?;
    output.object(&value)
}

// The keychain, else the encrypted file; its passphrase is asked for where it was not given.
async fn keep(name: &str, secrets: Secrets, output: Output) -> Result<greenroom_domain::profile::SecretPlace, Failure> {
    let (profile, first) = (name.to_owned(), secrets.clone());
    let kept = off_the_runtime(move || Ok(vaults().keep(&profile, &first)?)).await;
    match kept {
        Err(error) if error.code() == ErrorCode::SecretLocked && output.can_ask() => {
            let passphrase = context::ask_passphrase("Passphrase for the encrypted file").await?;
            let profile = name.to_owned();
            let config = Places::of_user().config;
            let keep = move || Ok(Vaults::of_user(&config, Some(passphrase)).keep(&profile, &secrets)?);
            off_the_runtime(keep).await.map_err(told)
        }
        other => other.map_err(told),
    }
}

async fn delete(name: String, yes: bool, output: Output) -> Result<(), Failure> {
    context::agree(yes, output, &format!("Forget the profile {name:?} and its secrets?"))?;
    let of = name.clone();
    let forget = move || {
        context::profiles().delete(&of)?;
        Ok(vaults().forget(&of)?)
    };
    off_the_runtime(forget).await.map_err(told)?;
    output.object(&json!({ "deleted": name }))
}

fn load(name: Option<String>, flags: &Global) -> Result<profiles::Loaded, Failure> {
    let reference = name.map_or_else(|| context::reference(flags), Ok)?;
    let reference = if Path::new(&reference).is_file() {
        absolute(&reference)?
    } else {
        reference
    };
    context::profiles().load(&reference).map_err(told)
}

fn absolute(path: &str) -> Result<String, Failure> {
    let path: PathBuf = std::path::absolute(path)?;
    Ok(path.display().to_string())
}

fn vaults() -> Vaults {
    Vaults::of_user(&Places::of_user().config, None)
}

fn told(error: impl Into<Error>) -> Failure {
    ApiError::from(error.into()).into()
}
