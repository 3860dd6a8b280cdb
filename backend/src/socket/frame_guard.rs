//! Refuses a frame by its announced length, before its bytes are buffered.
//!
//! actix's codec looks at a frame's size only once it has all of it: one connection that
//! announces a gigabyte fills the memory. This walks the frame headers of the incoming bytes
//! and ends the stream at the first one that is too large. Delete it when the codec does so.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use actix_web::{FromRequest as _, HttpRequest, dev, error::PayloadError, web};
use bytes::Bytes;
use futures_util::Stream;

const MAX_HEADER_BYTES: usize = 14;

/// The payload, watched.
pub async fn guard(
    request: &HttpRequest,
    payload: web::Payload,
    max_frame_bytes: usize,
) -> actix_web::Result<web::Payload> {
    let watched = Watched { payload, lengths: FrameLengths::new(max_frame_bytes as u64) };
    let payload: Pin<Box<dyn Stream<Item = Result<Bytes, PayloadError>>>> = Box::pin(watched);
    // The only way to make a `web::Payload` of a stream.
    web::Payload::from_request(request, &mut dev::Payload::Stream { payload }).await
}

struct Watched {
    payload: web::Payload,
    lengths: FrameLengths,
}

impl Stream for Watched {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let item = ready!(Pin::new(&mut self.payload).poll_next(context));
        Poll::Ready(match item {
            Some(Ok(bytes)) if !self.lengths.accept(&bytes) => Some(Err(PayloadError::Overflow)),
            other => other,
        })
    }
}

/// Walks frame headers (RFC 6455, 5.2) in a stream of bytes.
struct FrameLengths {
    max: u64,
    header: [u8; MAX_HEADER_BYTES],
    header_bytes: usize,
    /// Payload bytes until the next header.
    skip: u64,
}

impl FrameLengths {
    const fn new(max: u64) -> Self {
        Self { max, header: [0; MAX_HEADER_BYTES], header_bytes: 0, skip: 0 }
    }

    /// Whether every frame announced so far is small enough.
    fn accept(&mut self, mut bytes: &[u8]) -> bool {
        while let Some((&byte, rest)) = bytes.split_first() {
            if self.skip > 0 {
                let skipped = self.skip.min(bytes.len() as u64);
                self.skip -= skipped;
                bytes = &bytes[usize::try_from(skipped).unwrap_or(bytes.len())..];
                continue;
            }
            self.header[self.header_bytes] = byte;
            self.header_bytes += 1;
            bytes = rest;
            let Some((header_bytes, length)) = self.announced() else {
                continue;
            };
            if length > self.max {
                return false;
            }
            if self.header_bytes == header_bytes {
                self.header_bytes = 0;
                self.skip = length;
            }
        }
        true
    }

    /// The header's and the payload's length, once the header has told both.
    fn announced(&self) -> Option<(usize, u64)> {
        if self.header_bytes < 2 {
            return None;
        }
        let mask_bytes = if self.header[1] & 0x80 == 0 { 0 } else { 4 };
        let extended = |bytes: usize| {
            let value = &self.header[2..2 + bytes];
            value.iter().fold(0, |length, byte| length << 8 | u64::from(*byte))
        };
        let (length_bytes, length) = match self.header[1] & 0x7f {
            126 if self.header_bytes >= 4 => (2, extended(2)),
            127 if self.header_bytes >= 10 => (8, extended(8)),
            126 | 127 => return None,
            short => (0, u64::from(short)),
        };
        Some((2 + length_bytes + mask_bytes, length))
    }
}

#[cfg(test)]
mod tests {
    use super::FrameLengths;

    fn masked(payload_bytes: usize) -> Vec<u8> {
        let mut frame = vec![0x81];
        match payload_bytes {
            0..126 => frame.push(0x80 | payload_bytes as u8),
            126..65_536 => {
                frame.push(0x80 | 126);
                frame.extend((payload_bytes as u16).to_be_bytes());
            }
            _ => {
                frame.push(0x80 | 127);
                frame.extend((payload_bytes as u64).to_be_bytes());
            }
        }
        frame.extend([1, 2, 3, 4]);
        frame.extend(std::iter::repeat_n(0x7f, payload_bytes));
        frame
    }

    #[test]
    fn frames_up_to_the_limit_pass_however_they_are_cut() {
        let bytes: Vec<u8> = [0, 5, 125, 126, 1_000, 0, 7].into_iter().flat_map(masked).collect();

        for cut in [1, 2, 3, 7, 64, bytes.len()] {
            let mut lengths = FrameLengths::new(1_000);
            assert!(bytes.chunks(cut).all(|chunk| lengths.accept(chunk)), "cut at {cut}");
        }
    }

    #[test]
    fn a_larger_one_is_refused_by_its_header_alone() {
        for length in [1_001_usize, 70_000] {
            let mut bytes = masked(10);
            bytes.extend(&masked(length)[..14]);

            assert!(!FrameLengths::new(1_000).accept(&bytes), "{length}");
        }
    }
}
