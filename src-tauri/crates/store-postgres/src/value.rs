//! Values as rows hold them, read so that one odd cell never breaks a list: `infinity`, moments beyond our calendar,
//! text that is not UTF-8 (a `SQL_ASCII` database), NULL in any column.

use chrono::{DateTime, TimeDelta, Utc};
use greenroom_domain::Timestamp;
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArgumentBuffer, PgRow, PgTypeInfo, PgTypeKind, PgValueFormat, PgValueRef};
use sqlx::{Decode, Encode, Postgres, Row, Type, ValueRef};

/// Microseconds from 1970 to PostgreSQL's own epoch, 2000-01-01.
const EPOCH_MICROS: i64 = 946_684_800_000_000;
/// The last moment RFC 3339 can name, and the first.
const LAST: i64 = 253_402_300_799_999_999 - EPOCH_MICROS;
const FIRST: i64 = -62_135_596_800_000_000 - EPOCH_MICROS;

/// A `TIMESTAMP` as PostgreSQL keeps it: microseconds since 2000-01-01, `infinity` at both ends of the range. Sent back as
/// it came, so that a page can continue after a row whose moment we cannot show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(pub(crate) i64);

impl Moment {
    /// The moment in our calendar; `None` for `infinity` and for years RFC 3339 cannot write.
    pub(crate) fn shown(self) -> Option<Timestamp> {
        if !(FIRST..=LAST).contains(&self.0) {
            return None;
        }
        DateTime::from_timestamp_micros(self.0 + EPOCH_MICROS)
    }

    /// The moment in our calendar, the nearest one RFC 3339 can write where it lies outside.
    pub(crate) fn clamped(self) -> Timestamp {
        Self(self.0.clamp(FIRST, LAST)).shown().unwrap_or_default()
    }
}

impl From<Timestamp> for Moment {
    fn from(moment: Timestamp) -> Self {
        let since: TimeDelta = moment - DateTime::<Utc>::UNIX_EPOCH;
        let micros = since
            .num_microseconds()
            .map_or(i64::MAX, |micros| micros.saturating_sub(EPOCH_MICROS));
        Self(micros.clamp(FIRST, LAST))
    }
}

impl Type<Postgres> for Moment {
    fn type_info() -> PgTypeInfo {
        <chrono::NaiveDateTime as Type<Postgres>>::type_info()
    }

    fn compatible(ty: &PgTypeInfo) -> bool {
        *ty == Self::type_info() || *ty == <Timestamp as Type<Postgres>>::type_info()
    }
}

impl Encode<'_, Postgres> for Moment {
    fn encode_by_ref(&self, buf: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        Encode::<Postgres>::encode(self.0, buf)
    }
}

impl<'r> Decode<'r, Postgres> for Moment {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        match value.format() {
            PgValueFormat::Binary => Ok(Self(i64::from_be_bytes(value.as_bytes()?.try_into()?))),
            PgValueFormat::Text => Err("a moment came as text".into()),
        }
    }
}

/// Text as its bytes: what goes into a cursor goes back unchanged, even where it is not UTF-8.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Text(pub(crate) Vec<u8>);

impl Text {
    /// The text, with U+FFFD for what is not UTF-8.
    pub(crate) fn shown(self) -> String {
        String::from_utf8(self.0).unwrap_or_else(|invalid| String::from_utf8_lossy(invalid.as_bytes()).into_owned())
    }
}

impl Type<Postgres> for Text {
    fn type_info() -> PgTypeInfo {
        <str as Type<Postgres>>::type_info()
    }

    // An enum or a domain of the deployment's own has its label as its bytes, in both formats.
    fn compatible(ty: &PgTypeInfo) -> bool {
        <str as Type<Postgres>>::compatible(ty) || matches!(ty.kind(), PgTypeKind::Enum(_) | PgTypeKind::Domain(_))
    }
}

impl Encode<'_, Postgres> for Text {
    fn encode_by_ref(&self, buf: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        buf.extend_from_slice(&self.0);
        Ok(IsNull::No)
    }
}

impl<'r> Decode<'r, Postgres> for Text {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(Self(value.as_bytes()?.to_vec()))
    }
}

/// Cells by column name, forgiving where the domain is.
pub(crate) trait Cells {
    fn id(&self, column: &str) -> Result<i64, sqlx::Error>;
    fn text(&self, column: &str) -> Result<Option<String>, sqlx::Error>;
    fn moment(&self, column: &str) -> Result<Option<Moment>, sqlx::Error>;
    fn int(&self, column: &str) -> Result<Option<i32>, sqlx::Error>;
    fn long(&self, column: &str) -> Result<Option<i64>, sqlx::Error>;
    fn flag(&self, column: &str) -> Result<Option<bool>, sqlx::Error>;

    /// A text the domain cannot do without; empty where it is NULL.
    fn name(&self, column: &str) -> Result<String, sqlx::Error> {
        Ok(self.text(column)?.unwrap_or_default())
    }

    /// A moment for the screen.
    fn shown(&self, column: &str) -> Result<Option<Timestamp>, sqlx::Error> {
        Ok(self.moment(column)?.and_then(Moment::shown))
    }

    /// A count, saturated.
    fn count(&self, column: &str) -> Result<u32, sqlx::Error> {
        Ok(self
            .long(column)?
            .map_or(0, |count| u32::try_from(count).unwrap_or(u32::MAX)))
    }
}

impl Cells for PgRow {
    fn id(&self, column: &str) -> Result<i64, sqlx::Error> {
        Ok(self.long(column)?.unwrap_or_default())
    }

    fn text(&self, column: &str) -> Result<Option<String>, sqlx::Error> {
        Ok(self.try_get::<Option<Text>, _>(column)?.map(Text::shown))
    }

    fn moment(&self, column: &str) -> Result<Option<Moment>, sqlx::Error> {
        self.try_get(column)
    }

    fn int(&self, column: &str) -> Result<Option<i32>, sqlx::Error> {
        Ok(self
            .long(column)?
            .map(|number| i32::try_from(number).unwrap_or(i32::MAX)))
    }

    // A deployment may have made a column narrower or wider than the platform does: take what is there.
    fn long(&self, column: &str) -> Result<Option<i64>, sqlx::Error> {
        let raw = self.try_get_raw(column)?;
        if raw.is_null() {
            return Ok(None);
        }
        let bytes = raw.as_bytes().map_err(sqlx::Error::Decode)?;
        if raw.format() == PgValueFormat::Text {
            let number = std::str::from_utf8(bytes).ok().and_then(|text| text.parse().ok());
            return number.map(Some).ok_or_else(|| not_an_integer(column));
        }
        let number = match bytes.len() {
            8 => bytes.try_into().ok().map(i64::from_be_bytes),
            4 => bytes.try_into().ok().map(|bytes| i64::from(i32::from_be_bytes(bytes))),
            2 => bytes.try_into().ok().map(|bytes| i64::from(i16::from_be_bytes(bytes))),
            _ => None,
        };
        number.map(Some).ok_or_else(|| not_an_integer(column))
    }

    fn flag(&self, column: &str) -> Result<Option<bool>, sqlx::Error> {
        self.try_get(column)
    }
}

fn not_an_integer(column: &str) -> sqlx::Error {
    sqlx::Error::ColumnDecode {
        index: column.to_owned(),
        source: "not an integer".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_outside_our_calendar_are_not_shown_but_keep_their_place() {
        assert_eq!(Moment(i64::MAX).shown(), None);
        assert_eq!(Moment(i64::MIN).shown(), None);
        assert_eq!(
            Moment(i64::MAX).clamped().to_rfc3339(),
            "9999-12-31T23:59:59.999999+00:00"
        );
        assert_eq!(Moment(i64::MIN).clamped().to_rfc3339(), "0001-01-01T00:00:00+00:00");
    }

    #[test]
    fn a_moment_survives_the_way_there_and_back() {
        let moment = DateTime::from_timestamp_micros(1_700_000_000_123_456).unwrap();
        assert_eq!(Moment::from(moment).shown(), Some(moment));
        assert_eq!(Moment::from(DateTime::<Utc>::MAX_UTC), Moment(LAST));
    }
}
