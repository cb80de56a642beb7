//! The bucket itself: made where a deployment is set up, counted nowhere.

use greenroom_domain::access::WritePermit;

use crate::{CALL_LIMIT, Error, S3, within};

/// Creates the profile's bucket. One that is ours already is fine: gives `false` then.
///
/// # Errors
/// [`Error::Late`], [`Error::Call`].
pub async fn create(s3: &S3, _permit: &WritePermit) -> Result<bool, Error> {
    within(
        "bucket_create",
        CALL_LIMIT,
        Box::pin(async {
            match s3.client.create_bucket().bucket(&s3.bucket).send().await {
                Ok(_) => Ok(true),
                Err(error) => {
                    let known = error.as_service_error().is_some_and(|error| {
                        error.is_bucket_already_owned_by_you() || error.is_bucket_already_exists()
                    });
                    if known {
                        Ok(false)
                    } else {
                        Err(Error::during("bucket_create", &s3.bucket)(error))
                    }
                }
            }
        }),
    )
    .await
}
