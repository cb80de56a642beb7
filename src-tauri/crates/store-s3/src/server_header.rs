//! Remembers what the server calls itself in its answers: S3 has no other way to ask for a version.

use std::sync::{Arc, Mutex};

use aws_sdk_s3::config::interceptors::BeforeDeserializationInterceptorContextRef;
use aws_sdk_s3::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_s3::error::BoxError;

/// The last `Server` header seen.
#[derive(Debug, Clone, Default)]
pub(crate) struct ServerHeader(Arc<Mutex<Option<String>>>);

impl ServerHeader {
    pub(crate) fn last(&self) -> Option<String> {
        self.0.lock().ok()?.clone()
    }
}

impl Intercept for ServerHeader {
    fn name(&self) -> &'static str {
        "ServerHeader"
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let (Some(name), Ok(mut last)) = (context.response().headers().get("server"), self.0.lock())
            && last.as_deref() != Some(name)
        {
            *last = Some(name.to_owned());
        }
        Ok(())
    }
}
