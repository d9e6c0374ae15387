//! Records as CSV (RFC 4180): a line of names, then a line for each record.

use super::Record;
use super::columns::{COLUMNS, Cell};
use std::io;

/// The records; fields without a value are empty.
pub(super) fn spreadsheet(records: &[Record]) -> io::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS.iter().map(|column| column.name))?;
    for record in records {
        writer.write_record(COLUMNS.iter().map(|column| match (column.of)(record) {
            Cell::Text(text) => text.into(),
            Cell::Count(count) => count.to_string(),
            Cell::Number(number) | Cell::Time(number) => number.to_string(),
            Cell::Missing => String::new(),
        }))?;
    }
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}
