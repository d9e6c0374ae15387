//! A pattern as a picture.

use super::Pattern;
use crate::Coloring;
use std::fmt::Write;

/// The most squares along a side; what is larger is drawn in blocks.
const SQUARES: usize = 512;

/// The width or height of the picture, whichever is larger.
const PIXELS: usize = 640;

/// The colour of entries that are in no group.
const INK: &str = "#1f3044";

impl Pattern {
    /// A spy plot in SVG: a square for each entry; of more than 512 rows or columns, for each block that has one.
    ///
    /// # Examples
    ///
    /// ```
    /// use di_core::Pattern;
    ///
    /// let svg = Pattern::tridiagonal(20)?.to_svg();
    /// assert!(svg.starts_with("<svg") && svg.ends_with("</svg>\n"));
    /// # Ok::<(), di_core::Error>(())
    /// ```
    #[must_use]
    pub fn to_svg(&self) -> String {
        draw(self, |_, _| None)
    }
}

impl Coloring {
    /// A spy plot in SVG where each entry has the colour of the group in whose product it is found; colours of rows come
    /// after those of columns.
    ///
    /// A block of a large pattern has the colour of its first entry.
    #[must_use]
    pub fn to_svg(&self) -> String {
        let sources = self.sources();
        draw(self.pattern(), |i, j| self.pattern().position(i, j).and_then(|place| sources[place]))
    }
}

/// Draws rows of squares; neighbours of one colour are one rectangle.
fn draw(pattern: &Pattern, color: impl Fn(usize, usize) -> Option<usize>) -> String {
    let (m, n) = (pattern.rows(), pattern.columns());
    let block = m.max(n).div_ceil(SQUARES).max(1);
    let (height, width) = (m.div_ceil(block), n.div_ceil(block));
    let longest = height.max(width).max(1);
    let (high, wide) = ((PIXELS * height / longest).max(1), (PIXELS * width / longest).max(1));
    // The frame is around the squares; in thousandths of a square it is a 256th of the picture.
    let frame = longest * 1000 / 256;
    let thousandths = |length: usize| format!("{}.{:03}", length / 1000, length % 1000);
    let (stroke, half) = (thousandths(frame), thousandths(frame / 2));
    let outer = |squares: usize, frames: usize| thousandths(squares * 1000 + frames * frame);
    let mut svg = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}\" height=\"{high}\" \
         viewBox=\"-{stroke} -{stroke} {} {}\" preserveAspectRatio=\"none\" shape-rendering=\"crispEdges\">\n\
         <title>{m}×{n}, {} entries</title>\n\
         <rect x=\"-{half}\" y=\"-{half}\" width=\"{}\" height=\"{}\" fill=\"#ffffff\" stroke=\"#8090a0\" \
         stroke-width=\"{stroke}\"/>",
        outer(width, 2),
        outer(height, 2),
        pattern.nnz(),
        outer(width, 1),
        outer(height, 1),
    );
    for y in 0..height {
        let mut squares = vec![None; width];
        for i in y * block..((y + 1) * block).min(m) {
            for &j in pattern.row(i) {
                let j = j as usize;
                squares[j / block].get_or_insert_with(|| color(i, j).map_or_else(|| INK.into(), paint));
            }
        }
        let mut x = 0;
        for run in squares.chunk_by(|a, b| a == b) {
            if let Some(fill) = &run[0] {
                let _ =
                    writeln!(svg, "<rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"1\" fill=\"{fill}\"/>", run.len());
            }
            x += run.len();
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// The paint of a colour's number: hues that are far apart, by the golden section of the circle, in three shades.
fn paint(color: usize) -> String {
    // Of 1536 steps around the circle: six edges of the colour cube of 256 steps each.
    let hue = color % 1536 * 949 % 1536;
    let (edge, step) = (hue / 256, hue % 256);
    let [red, green, blue] = match edge {
        0 => [255, step, 0],
        1 => [255 - step, 255, 0],
        2 => [0, 255, step],
        3 => [0, 255 - step, 255],
        4 => [step, 0, 255],
        _ => [255, 0, 255 - step],
    };
    let shade = |part: usize| (part * 3 / 4 + 24) * [100, 72, 86][color % 3] / 100;
    format!("#{:02x}{:02x}{:02x}", shade(red), shade(green), shade(blue))
}
