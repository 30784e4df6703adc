//! The bytes that are still to be read.

use bytes::Bytes;

use super::Reason;

/// A position in bytes. Nothing is read beyond their end.
pub(super) struct Input {
    bytes: Bytes,
    position: usize,
}

impl Input {
    pub(super) fn new(bytes: Bytes) -> Self {
        Self { bytes, position: 0 }
    }

    pub(super) fn position(&self) -> usize {
        self.position
    }

    /// The next `length` bytes, without copying them.
    pub(super) fn take(&mut self, length: u64) -> Result<Bytes, Reason> {
        let length = self.check(length)?;
        let taken = self.bytes.slice(self.position..self.position + length);
        self.position += length;
        Ok(taken)
    }

    /// `length` if so many bytes are left.
    pub(super) fn check(&self, length: u64) -> Result<usize, Reason> {
        usize::try_from(length)
            .ok()
            .filter(|&length| length <= self.bytes.len() - self.position)
            .ok_or(Reason::Truncated)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], Reason> {
        let rest = &self.bytes[self.position..];
        let taken = rest.first_chunk::<N>().ok_or(Reason::Truncated)?;
        self.position += N;
        Ok(*taken)
    }

    pub(super) fn u8(&mut self) -> Result<u8, Reason> {
        Ok(self.array::<1>()?[0])
    }

    pub(super) fn u16(&mut self) -> Result<u16, Reason> {
        Ok(u16::from_le_bytes(self.array()?))
    }

    pub(super) fn u32(&mut self) -> Result<u32, Reason> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    pub(super) fn u64(&mut self) -> Result<u64, Reason> {
        Ok(u64::from_le_bytes(self.array()?))
    }

    /// The text up to the next line end, which is read too.
    pub(super) fn line(&mut self) -> Result<Bytes, Reason> {
        let rest = &self.bytes[self.position..];
        let length = rest.iter().position(|&byte| byte == b'\n');
        let line = self.take(length.ok_or(Reason::Truncated)? as u64)?;
        self.position += 1;
        Ok(line)
    }

    /// Everything from here on.
    pub(super) fn rest(&self) -> Bytes {
        self.bytes.slice(self.position..)
    }
}
