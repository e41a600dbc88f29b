//! Lengths after compression.
//!
//! In: bytes. Out: how many are left of them.
//! Not its job: what is weighed, and what it may weigh; `size` knows.

use std::io::{Read, Write};

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::read::GzEncoder;

/// Length after gzip -9.
pub fn gzip(bytes: &[u8]) -> usize {
    let mut packed = Vec::new();
    // Reading from memory into memory cannot fail; should it, the file counts as the largest there is.
    GzEncoder::new(bytes, Compression::best()).read_to_end(&mut packed).unwrap_or(usize::MAX)
}

/// Length after brotli at its best.
pub fn brotli(bytes: &[u8]) -> Result<usize> {
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, 11, 22);
    writer.write_all(bytes).context("cannot compress")?;
    drop(writer);
    Ok(packed.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_compressors_shrink_what_repeats() {
        let bytes = [7; 10_000];
        assert!(gzip(&bytes) < 100);
        assert!(brotli(&bytes).unwrap() < 100);
    }
}
