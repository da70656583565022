//! A picture of a file, made of its pixels: the page draws these and never a byte of the file itself.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage};

use super::apart::apart;
use super::kinds::Kind;

/// More pixels than any camera or scanner of a passport makes; a small file may unfold into far more.
const PIXELS_MOST: u64 = 50_000_000;
/// What unfolding may take of the memory.
const MEMORY_MOST_BYTES: u64 = 256 * 1024 * 1024;
/// The longer side of the picture: as large as it is ever shown.
const SIDE_MOST_PX: u32 = 1_000;
/// Letters stay sharp, and a picture stays below a few hundred kilobytes.
const JPEG_QUALITY: u8 = 82;

/// A JPEG of what the file shows; `None` for what is no PNG or JPEG, is damaged, or is too large to unfold.
pub(super) async fn of(kind: Kind, content: &[u8]) -> Option<Vec<u8>> {
    let format = match kind {
        Kind::Png => ImageFormat::Png,
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::Pdf | Kind::Tiff => return None,
    };
    let content = content.to_vec();
    apart(move || draw(format, content)).await
}

/// Width and height of a picture of ours.
pub(crate) fn size(picture: &[u8]) -> Option<(u32, u32)> {
    ImageReader::with_format(Cursor::new(picture), ImageFormat::Jpeg).into_dimensions().ok()
}

fn draw(format: ImageFormat, content: Vec<u8>) -> Option<Vec<u8>> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY_MOST_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(content), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MOST || decoder.total_bytes() > MEMORY_MOST_BYTES {
        return None;
    }
    // A phone writes how it was held beside the pixels.
    let turned = decoder.orientation().ok();
    let image = DynamicImage::from_decoder(decoder).ok()?;
    let mut image = if width.max(height) > SIDE_MOST_PX { image.thumbnail(SIDE_MOST_PX, SIDE_MOST_PX) } else { image };
    turned.into_iter().for_each(|turned| image.apply_orientation(turned));
    let mut picture = Vec::new();
    JpegEncoder::new_with_quality(&mut picture, JPEG_QUALITY).encode_image(&on_paper(&image)).ok()?;
    Some(picture)
}

/// What is seen through is white, as on paper: a JPEG has no holes.
fn on_paper(image: &DynamicImage) -> RgbImage {
    let seen = image.to_rgba8();
    RgbImage::from_fn(seen.width(), seen.height(), |x, y| {
        let [red, green, blue, opaque] = seen.get_pixel(x, y).0;
        let over = |colour: u8| {
            let mixed = (u16::from(colour) * u16::from(opaque) + 255 * (255 - u16::from(opaque))) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        Rgb([over(red), over(green), over(blue)])
    })
}

#[cfg(test)]
mod tests {
    use image::{Rgba, RgbaImage};
    use rstest::rstest;

    use super::*;

    fn png(width: u32, height: u32, pixel: [u8; 4]) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        RgbaImage::from_pixel(width, height, Rgba(pixel)).write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    #[rstest]
    #[case::small(40, 20, (40, 20))]
    #[case::wide(3_000, 1_500, (1_000, 500))]
    #[case::high(10, 2_000, (5, 1_000))]
    #[tokio::test]
    async fn a_picture_is_no_larger_than_it_is_shown(#[case] width: u32, #[case] height: u32, #[case] is: (u32, u32)) {
        let picture = of(Kind::Png, &png(width, height, [9, 9, 9, 255])).await.unwrap();
        assert_eq!(size(&picture), Some(is));
        assert_eq!(Kind::of(&picture), Some(Kind::Jpeg), "whatever the file was");
    }

    #[tokio::test]
    async fn what_is_seen_through_is_white() {
        let picture = of(Kind::Png, &png(8, 8, [0, 0, 0, 0])).await.unwrap();
        let seen = image::load_from_memory_with_format(&picture, ImageFormat::Jpeg).unwrap().to_rgb8();
        assert!(seen.pixels().all(|pixel| pixel.0.iter().all(|colour| *colour > 250)), "no black page");
    }

    #[rstest]
    #[case::cut(Kind::Png, &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..])]
    #[case::another(Kind::Jpeg, &b"\xff\xd8\xff\xe0 nothing of a picture"[..])]
    #[case::pdf(Kind::Pdf, &b"%PDF-1.4"[..])]
    #[case::tiff(Kind::Tiff, &b"II*\0"[..])]
    #[tokio::test]
    async fn what_cannot_be_drawn_has_no_picture(#[case] kind: Kind, #[case] content: &[u8]) {
        assert_eq!(of(kind, content).await, None);
    }

    #[tokio::test]
    async fn a_bomb_has_no_picture() {
        // 60,000 by 60,000 pixels in some hundred bytes: the head alone says so.
        let mut bomb = png(1, 1, [0, 0, 0, 255]);
        bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        let crc = crc32(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&crc.to_be_bytes());
        assert_eq!(of(Kind::Png, &bomb).await, None);
    }

    fn crc32(bytes: &[u8]) -> u32 {
        let step = |crc: u32, byte: &u8| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
        };
        !bytes.iter().fold(u32::MAX, step)
    }
}
