//! A study as a picture.

use super::axis::Axis;
use super::{Measurement, Width, WidthStudy, distinct};
use plotters::coord::Shift;
use plotters::prelude::*;
use std::error::Error;
use std::f64::consts::TAU;

/// Width and height of the picture.
const SIZE: (u32, u32) = (800, 500);
/// What the legend takes of the width.
const LEGEND: u32 = 190;
/// Where the axis of widths has the picked width.
const AUTO: f64 = 18.5;
/// Colours that stay apart for colour-blind readers: M. Okabe and K. Ito, "Color universal design" (2008).
const COLOURS: [RGBColor; 6] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(86, 86, 86),
    RGBColor(230, 159, 0),
];

type Canvas<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Drawn = Result<(), Box<dyn Error>>;

impl WidthStudy {
    /// An SVG picture: the width to the right, the time as a ratio to the plain function upwards on a logarithmic axis,
    /// a line with markers for each method.
    ///
    /// # Errors
    ///
    /// If there is nothing to draw, or if it cannot be drawn.
    pub fn svg(&self, title: &str) -> Result<String, Box<dyn Error>> {
        let mut svg = String::new();
        let canvas = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
        canvas.fill(&WHITE)?;
        let (left, right) = canvas.split_horizontally(SIZE.0 - LEGEND);
        self.draw_lines(title, &left)?;
        self.draw_legend(&right)?;
        canvas.present()?;
        drop((left, right, canvas));
        Ok(svg)
    }

    fn draw_lines(&self, title: &str, area: &Canvas<'_>) -> Drawn {
        let logarithms = self.measurements.iter().map(|measurement| measurement.ratio.log10());
        let (least, most) = logarithms.fold((f64::MAX, f64::MIN), |(a, b), r| (a.min(r), b.max(r)));
        if least > most || !least.is_finite() || !most.is_finite() {
            return Err("there is no time to draw".into());
        }
        let across = Axis::new(0.0..AUTO + 1.0, self.marks());
        let upwards = Axis::logarithmic(least - 0.1..most + 0.1);
        let mut chart = ChartBuilder::on(area)
            .caption(title, ("sans-serif", 17))
            .margin(12)
            .x_label_area_size(48)
            .y_label_area_size(72)
            .build_cartesian_2d(across, upwards)?;
        chart
            .configure_mesh()
            .light_line_style(TRANSPARENT)
            .bold_line_style(BLACK.mix(0.12))
            .x_desc("batch width (directions in one evaluation)")
            .y_desc("time, in evaluations of the plain function")
            .x_label_formatter(&|x| if *x < AUTO { format!("{x:.0}") } else { "auto".into() })
            .y_label_formatter(&|y| format!("{:.0}", 10_f64.powf(*y)))
            .label_style(("sans-serif", 14))
            .axis_desc_style(("sans-serif", 15))
            .draw()?;
        for (index, method) in self.methods().into_iter().enumerate() {
            let points: Vec<(f64, f64)> = self.line(method);
            let fixed = points.iter().copied().filter(|point| point.0 < AUTO || self.is_flat(method));
            chart.draw_series(LineSeries::new(fixed, colour(index).stroke_width(2)))?;
            let marker = |point| EmptyElement::at(point) + Polygon::new(corners(index), colour(index));
            chart.draw_series(points.into_iter().map(marker))?;
        }
        Ok(())
    }

    fn draw_legend(&self, area: &Canvas<'_>) -> Drawn {
        for ((index, method), y) in self.methods().into_iter().enumerate().zip((60..).step_by(28)) {
            area.draw(&PathElement::new([(0, y), (30, y)], colour(index).stroke_width(2)))?;
            area.draw(&(EmptyElement::at((15, y)) + Polygon::new(corners(index), colour(index))))?;
            area.draw(&Text::new(method, (38, y - 8), ("sans-serif", 15)))?;
        }
        Ok(())
    }

    /// Where the axis of widths has marks.
    fn marks(&self) -> Vec<f64> {
        distinct(self.measurements.iter().map(position))
    }

    fn is_flat(&self, method: &str) -> bool {
        self.measurements.iter().any(|m| m.method == method && m.width == Width::None)
    }

    /// The points of a method; one without a width is as fast at all of them.
    fn line(&self, method: &str) -> Vec<(f64, f64)> {
        let own = self.measurements.iter().filter(|m| m.method == method);
        if !self.is_flat(method) {
            return own.map(|m| (position(m), m.ratio.log10())).collect();
        }
        own.flat_map(|m| self.marks().into_iter().map(|x| (x, m.ratio.log10()))).collect()
    }
}

fn position(measurement: &Measurement) -> f64 {
    match measurement.width {
        Width::Fixed(width) => u32::try_from(width).map_or(AUTO, f64::from),
        Width::Auto | Width::None => AUTO,
    }
}

fn colour(index: usize) -> RGBColor {
    COLOURS[index % COLOURS.len()]
}

/// Corners of a marker about its middle, in pixels: a disc, a triangle, a diamond or a square.
#[expect(clippy::cast_possible_truncation, reason = "a few pixels")]
fn corners(index: usize) -> Vec<(i32, i32)> {
    let (count, turn) = [(16_u32, 0.0), (3, -0.25), (4, 0.0), (4, 0.125)][index % 4];
    let angles = (0..count).map(|corner| (f64::from(corner) / f64::from(count) + turn) * TAU);
    angles.map(|angle| ((6.0 * angle.cos()).round() as i32, (6.0 * angle.sin()).round() as i32)).collect()
}
