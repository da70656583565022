//! As much of HTTP/1.1 as it takes to know where a message ends.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt};

/// More than any message of ours: who sends more is wrong.
const MESSAGE_LIMIT_BYTES: usize = 8 * 1024 * 1024;

/// A whole request or answer, to the byte.
#[derive(Debug, Clone)]
pub struct Message {
    /// Head and body.
    pub bytes: Vec<u8>,
    /// Where the body begins.
    pub body_at: usize,
}

impl Message {
    /// Reads the next one; `None` where the other side ends before its first byte.
    ///
    /// # Errors
    /// The connection breaks within it, or it has no end that is known.
    pub async fn read(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<Self>> {
        let mut bytes = Vec::new();
        loop {
            if let Some(message) = Self::whole(&mut bytes)? {
                return Ok(Some(message));
            }
            let begun = !bytes.is_empty();
            if stream.read_buf(&mut bytes).await? == 0 {
                return if begun { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(None) };
            }
        }
    }

    /// Takes a message off these bytes, once it is whole. Nobody here sends the next one before the last is answered.
    fn whole(bytes: &mut Vec<u8>) -> io::Result<Option<Self>> {
        let Some(head) = bytes.windows(4).position(|end| end == b"\r\n\r\n") else { return Ok(None) };
        let body_at = head + 4;
        let text = String::from_utf8_lossy(&bytes[..head]).to_ascii_lowercase();
        if text.contains("transfer-encoding:") || bytes.len() > MESSAGE_LIMIT_BYTES {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let length = text.lines().find_map(|line| line.strip_prefix("content-length:"));
        let length: usize = length.map_or(Ok(0), |length| length.trim().parse()).map_err(io::Error::other)?;
        if bytes.len() < body_at + length {
            return Ok(None);
        }
        Ok(Some(Self { bytes: std::mem::take(bytes), body_at }))
    }

    /// Its first line.
    #[must_use]
    pub fn first_line(&self) -> String {
        let end = self.bytes.iter().position(|byte| *byte == b'\r').unwrap_or(self.bytes.len());
        String::from_utf8_lossy(&self.bytes[..end]).into_owned()
    }

    /// Whether its head brings this key.
    #[must_use]
    pub fn brings(&self, key: &str) -> bool {
        String::from_utf8_lossy(&self.bytes[..self.body_at]).lines().any(|line| line.ends_with(key))
    }

    /// Whether a request changes something.
    #[must_use]
    pub fn is_write(&self) -> bool {
        self.bytes.starts_with(b"POST ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_message_ends_where_its_length_says() -> io::Result<()> {
        let mut stream = &b"POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc"[..];
        let message = Message::read(&mut stream).await?.ok_or(io::ErrorKind::Other)?;
        assert_eq!((message.first_line().as_str(), message.is_write()), ("POST /a HTTP/1.1", true));
        assert_eq!(&message.bytes[message.body_at..], b"abc");
        assert!(Message::read(&mut stream).await?.is_none(), "the other side has ended");
        Ok(())
    }

    #[tokio::test]
    async fn a_message_that_is_cut_is_none() {
        for cut in ["POST /a HTTP/1.1\r\nConte", "POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nab"] {
            assert!(Message::read(&mut cut.as_bytes()).await.is_err(), "{cut}");
        }
    }
}
