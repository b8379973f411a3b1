//! The clock and chance: what the rest of the library is handed.

use crate::annotation::Time;

/// This moment.
pub fn now() -> Time {
    Time(jiff::Timestamp::now().as_millisecond())
}

/// Bytes no other start of the program has.
pub fn random_bytes() -> [u8; 10] {
    let mut bytes = [0; 10];
    for (to, from) in bytes.iter_mut().zip(uuid::Uuid::now_v7().as_bytes().iter().skip(6)) {
        *to = *from;
    }
    bytes
}

/// A moment on the wall clock of this place, for file names: `2026-11-22 0930`.
pub fn local_stamp(time: Time) -> String {
    let moment = jiff::Timestamp::from_millisecond(time.0).unwrap_or_default().to_zoned(jiff::tz::TimeZone::system());
    moment.strftime("%Y-%m-%d %H%M").to_string()
}

/// A moment on the wall clock of this place, for people: `2026-11-22 09:30`.
pub fn local_moment(time: Time) -> String {
    let moment = jiff::Timestamp::from_millisecond(time.0).unwrap_or_default().to_zoned(jiff::tz::TimeZone::system());
    moment.strftime("%Y-%m-%d %H:%M").to_string()
}

/// The system's locale, such as `zh-CN` or `en-US`; empty if it does not say.
pub fn system_language() -> String {
    sys_locale::get_locale().unwrap_or_default()
}
