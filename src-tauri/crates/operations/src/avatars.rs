//! Where a person's picture lies in the bucket. Pictures elsewhere on the net are not ours to fetch: asking for one would tell
//! a stranger who looks at whom.

use greenroom_domain::UserId;
use greenroom_domain::access::Caller;
use greenroom_domain::profile::S3Profile;
use greenroom_store_s3::objects;

use crate::connections::Stores;
use crate::error::Error;

/// The object key of somebody's picture; `None` where they have none in the deployment's bucket. Cost: one row.
///
/// # Errors
/// `NotFound`, or what PostgreSQL failed with.
pub async fn key(stores: &Stores, _: &Caller, id: UserId) -> Result<Option<String>, Error> {
    let user = stores.postgres().await?.user_get(id).await?;
    Ok(user.avatar_url.and_then(|url| key_of(&url, &stores.profile().s3)))
}

/// `users.avatar_url` as the platform fills it: a key, `s3://bucket/key`, or the object's address with either style of bucket.
fn key_of(url: &str, s3: &S3Profile) -> Option<String> {
    let url = url.trim();
    let bucket = format!("{}/", s3.bucket);
    let key = match url.split_once("://") {
        None => url.trim_start_matches('/'),
        Some(("s3", rest)) => rest.strip_prefix(&bucket)?,
        Some((scheme, rest)) => {
            let (own_scheme, host) = s3.endpoint.split_once("://")?;
            let host = host.trim_end_matches('/');
            let rest = Some(rest).filter(|_| scheme == own_scheme)?;
            let path_style = rest
                .strip_prefix(&format!("{host}/"))
                .and_then(|path| path.strip_prefix(&bucket));
            path_style.or_else(|| rest.strip_prefix(&format!("{}.{host}/", s3.bucket)))?
        }
    };
    let key = key.split(['?', '#']).next().unwrap_or_default();
    objects::is_key(key).then(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lies_in_our_bucket_is_a_picture_of_ours() {
        let s3 = S3Profile {
            endpoint: "https://s3.example:9000".to_owned(),
            region: "us-east-1".to_owned(),
            bucket: "meetings".to_owned(),
            path_style: true,
            access_key_id: "key".to_owned(),
            tls: greenroom_domain::profile::Tls::default(),
        };
        let key = Some("media/avatars/user_7.jpg".to_owned());
        for url in [
            "media/avatars/user_7.jpg",
            "/media/avatars/user_7.jpg",
            "s3://meetings/media/avatars/user_7.jpg",
            "https://s3.example:9000/meetings/media/avatars/user_7.jpg?v=2",
            "https://meetings.s3.example:9000/media/avatars/user_7.jpg",
        ] {
            assert_eq!(key_of(url, &s3), key, "{url}");
        }
        for url in [
            "",
            "https://gravatar.com/avatar/7",
            "http://s3.example:9000/meetings/a.jpg",
            "s3://other/a.jpg",
        ] {
            assert_eq!(key_of(url, &s3), None, "{url}");
        }
    }
}
