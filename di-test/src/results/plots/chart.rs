//! Drawing: axes and each series are layers of their own, so that the page can name, colour and hide them.

use super::axis::{Coordinate, Scale};
use super::{Line, Plot, Point, Series};
use crate::results::text::{html, number};
use plotters::coord::cartesian::Cartesian2d;
use plotters::prelude::{
    BLACK, ChartBuilder, ChartContext, Color, EmptyElement, IntoDrawingArea, IntoFont, LineSeries, Polygon, SVGBackend,
};
use std::error::Error;
use std::fmt::Write;

/// Width and height; the page scales them.
const SIZE: (u32, u32) = (800, 560);
/// Of axes' marks and titles.
const FONT: i32 = 30;

/// Corners of the markers, in eighths of their half width.
const MARKERS: [&[(i32, i32)]; 7] = [
    &[(-3, -8), (3, -8), (8, -3), (8, 3), (3, 8), (-3, 8), (-8, 3), (-8, -3)],
    &[(-7, -7), (7, -7), (7, 7), (-7, 7)],
    &[(0, -9), (9, 7), (-9, 7)],
    &[(0, -10), (10, 0), (0, 10), (-10, 0)],
    &[(0, 9), (9, -7), (-9, -7)],
    &[(-3, -9), (3, -9), (3, -3), (9, -3), (9, 3), (3, 3), (3, 9), (-3, 9), (-3, 3), (-9, 3), (-9, -3), (-3, -3)],
    &[(0, -10), (3, -3), (10, -3), (4, 2), (6, 9), (0, 5), (-6, 9), (-4, 2), (-10, -3), (-3, -3)],
];

type Drawing<T = ()> = Result<T, Box<dyn Error>>;
type Chart<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<Coordinate, Coordinate>>;

/// The whole plot.
pub(super) fn svg(plot: &Plot) -> Drawing<String> {
    let points = || plot.series.iter().flat_map(|series| &series.lines).flat_map(|line| &line.points);
    let scales = (
        Scale::around(points().map(|point| point.x), plot.x.base),
        Scale::around(points().map(|point| point.y), plot.y.base),
    );
    let mut svg = String::new();
    let (width, height) = SIZE;
    write!(svg, "<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{}\">", html(&plot.title))?;
    write!(svg, "<g class=\"axes\">{}</g>", axes(plot, scales)?)?;
    for series in &plot.series {
        let Series { name, style, hollow, lines } = series;
        write!(svg, "<g class=\"series {}\" data-series=\"{}\">", class(*style, *hollow), html(name))?;
        for line in lines {
            write!(svg, "<g data-function=\"{}\">", html(&line.problem))?;
            svg.push_str(&line_layer(line, scales)?);
            for point in &line.points {
                let Point { x, y, label } = point;
                write!(svg, "<g data-x=\"{x}\" data-y=\"{y}\"><title>{}</title>", html(label))?;
                write!(svg, "{}</g>", marker_layer(point, *style, scales)?)?;
            }
            svg.push_str("</g>");
        }
        svg.push_str("</g>");
    }
    svg.push_str("</svg>");
    Ok(svg)
}

/// The classes of colour, dashes and markers.
fn class(style: usize, hollow: bool) -> String {
    let (color, dash) = (style % 7, style % 4);
    format!("c{color} d{dash}{}", if hollow { " hollow" } else { "" })
}

/// A line with a marker, for legends.
pub(in crate::results) fn swatch(style: usize, hollow: bool) -> String {
    let corners = marker(style).map(|(x, y)| format!("{},{}", 30 + x, 12 + y)).collect::<Vec<_>>().join(" ");
    format!(
        "<svg class=\"swatch {}\" viewBox=\"0 0 60 24\" aria-hidden=\"true\"><polyline points=\"0,12 60,12\"/>\
         <polygon points=\"{corners}\"/></svg>",
        class(style, hollow)
    )
}

/// The corners of an engine's marker. Colours and markers repeat together only after 42 engines.
fn marker(style: usize) -> impl Iterator<Item = (i32, i32)> {
    MARKERS[(style + style / 7) % MARKERS.len()].iter().copied()
}

/// What is drawn on a chart, without the element around it.
fn layer(scales: (Scale, Scale), draw: impl FnOnce(&mut Chart<'_, '_>) -> Drawing) -> Drawing<String> {
    let mut text = String::new();
    {
        let area = SVGBackend::with_string(&mut text, SIZE).into_drawing_area();
        let mut chart = ChartBuilder::on(&area)
            .margin(14)
            .margin_top(24)
            .margin_right(34)
            .x_label_area_size(84)
            .y_label_area_size(112)
            .build_cartesian_2d(scales.0, scales.1)?;
        draw(&mut chart)?;
        area.present()?;
    }
    let inner = text.split_once('>').map_or("", |(_, inner)| inner);
    Ok(inner.trim().trim_end_matches("</svg>").trim().to_string())
}

fn axes(plot: &Plot, scales: (Scale, Scale)) -> Drawing<String> {
    layer(scales, |chart| {
        let font = ("sans-serif", FONT).into_font();
        chart
            .configure_mesh()
            .x_desc(plot.x.title)
            .y_desc(plot.y.title)
            .x_label_formatter(&|value| mark(*value))
            .y_label_formatter(&|value| mark(*value))
            .label_style(font.clone())
            .axis_desc_style(font)
            .max_light_lines(0)
            .draw()?;
        Ok(())
    })
}

/// A round number at an axis.
fn mark(value: f64) -> String {
    match value {
        0.0009..0.9 => format!("{}", (value * 1e4).round() / 1e4),
        0.9..999.0 => format!("{value:.0}"),
        999.0..999_999.0 => format!("{:.0}k", value / 1e3),
        999_999.0..999_999_999.0 => format!("{:.0}M", value / 1e6),
        _ => number(value),
    }
}

fn line_layer(line: &Line, scales: (Scale, Scale)) -> Drawing<String> {
    if line.points.len() < 2 {
        return Ok(String::new());
    }
    layer(scales, |chart| {
        let points = line.points.iter().map(|point| (point.x, point.y));
        chart.draw_series(LineSeries::new(points, BLACK.stroke_width(4)))?;
        Ok(())
    })
}

fn marker_layer(point: &Point, style: usize, scales: (Scale, Scale)) -> Drawing<String> {
    layer(scales, |chart| {
        let corners: Vec<_> = marker(style).collect();
        chart.draw_series([EmptyElement::at((point.x, point.y)) + Polygon::new(corners, BLACK)])?;
        Ok(())
    })
}
