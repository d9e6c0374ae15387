//! Patterns of difference schemes on rectangular grids.

use super::Pattern;
use super::block::product;
use super::compressed::{Compressed, narrow};
use crate::{Error, Result};

/// Which unknowns of other species a row depends on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Coupling {
    /// None: each species for itself.
    None,
    /// Those at the same grid point, as in reaction and diffusion.
    #[default]
    Point,
    /// Those at every point of the stencil, as in flow.
    Stencil,
}

/// How the unknowns of several species are numbered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SpeciesOrder {
    /// All points of the first species, then all of the second …
    #[default]
    Blocks,
    /// All species of the first point, then all of the second …
    Interleaved,
}

/// A rectangular grid in any number of dimensions, row by row (the last axis runs fastest), with unknowns at its points.
///
/// # Examples
///
/// The Jacobian of the Brusselator on a periodic 32×32 grid: a five-point stencil of two species that react.
///
/// ```
/// use di_core::Grid;
///
/// let pattern = Grid::new(&[32, 32]).periodic().species(2).star(1)?;
/// assert_eq!((pattern.rows(), pattern.nnz()), (2048, 12_288));
/// # Ok::<(), di_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    lengths: Vec<usize>,
    periodic: bool,
    species: usize,
    coupling: Coupling,
    order: SpeciesOrder,
}

impl Grid {
    /// A grid with this many points along each axis and one unknown at each; what leaves it is dropped.
    #[must_use]
    pub fn new(lengths: &[usize]) -> Self {
        let (coupling, order) = (Coupling::default(), SpeciesOrder::default());
        Self { lengths: lengths.to_vec(), periodic: false, species: 1, coupling, order }
    }

    /// Joins the two ends of every axis.
    #[must_use]
    pub fn periodic(self) -> Self {
        Self { periodic: true, ..self }
    }

    /// Puts `species` unknowns at each point.
    #[must_use]
    pub fn species(self, species: usize) -> Self {
        Self { species, ..self }
    }

    /// Says which other species a row depends on; [`Coupling::Point`] unless it is said.
    #[must_use]
    pub fn coupling(self, coupling: Coupling) -> Self {
        Self { coupling, ..self }
    }

    /// Says how unknowns are numbered; [`SpeciesOrder::Blocks`] unless it is said.
    #[must_use]
    pub fn order(self, order: SpeciesOrder) -> Self {
        Self { order, ..self }
    }

    /// The pattern of a stencil with arms of length `radius` along each axis: 3, 5 or 7 points for radius 1.
    ///
    /// # Errors
    ///
    /// As [`stencil`](Self::stencil).
    pub fn star(&self, radius: usize) -> Result<Pattern> {
        let axes = self.lengths.len();
        let reach = self.reach(radius);
        let mut offsets = vec![vec![0; axes]];
        for axis in 0..axes {
            for step in (-reach..=reach).filter(|&step| step != 0) {
                let mut offset = vec![0; axes];
                offset[axis] = step;
                offsets.push(offset);
            }
        }
        self.stencil(&offsets)
    }

    /// The pattern of a full cube of points: 3, 9 or 27 for radius 1.
    ///
    /// # Errors
    ///
    /// As [`stencil`](Self::stencil).
    pub fn cube(&self, radius: usize) -> Result<Pattern> {
        let reach = self.reach(radius);
        let mut offsets = vec![Vec::new()];
        for _ in &self.lengths {
            let longer = |offset: &Vec<isize>| {
                let offset = offset.clone();
                (-reach..=reach).map(move |step| [&offset[..], &[step]].concat())
            };
            offsets = offsets.iter().flat_map(longer).collect();
        }
        self.stencil(&offsets)
    }

    /// The pattern of any stencil: a row depends on the unknowns at its own point displaced by each of `offsets`.
    ///
    /// # Cost
    ///
    /// Linear in the entries, up to a factor for sorting each row.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if an offset has another number of axes than the grid; [`Error::Pattern`] if the number of
    /// unknowns does not fit into `u32`, or the pattern into memory.
    pub fn stencil(&self, offsets: &[Vec<isize>]) -> Result<Pattern> {
        for offset in offsets {
            Error::check_length("offsets", self.lengths.len(), offset.len())?;
        }
        let points = self.lengths.iter().try_fold(1, |points, &length| product(points, length))?;
        let unknowns = product(points, self.species)?;
        let others = self.species.saturating_sub(1);
        let per_row = match self.coupling {
            Coupling::None => Some(offsets.len()),
            Coupling::Point => offsets.len().checked_add(others),
            Coupling::Stencil => offsets.len().checked_mul(self.species),
        };
        let entries = per_row.and_then(|per_row| per_row.checked_mul(unknowns));
        let mut row = Vec::new();
        let half = Compressed::build(unknowns, unknowns, entries, |i, indices| {
            let (point, species) = self.locate(i, points);
            row.clear();
            for offset in offsets {
                let Some(neighbour) = self.displaced(point, offset) else { continue };
                match self.coupling {
                    Coupling::Stencil => row.extend((0..self.species).map(|s| self.number(neighbour, s, points))),
                    Coupling::None | Coupling::Point => row.push(self.number(neighbour, species, points)),
                }
            }
            if self.coupling == Coupling::Point {
                row.extend((0..self.species).filter(|&s| s != species).map(|s| self.number(point, s, points)));
            }
            row.sort_unstable();
            row.dedup();
            indices.extend_from_slice(&row);
        })?;
        Ok(Pattern::by_rows(half))
    }

    /// No arm needs to be longer than the longest axis.
    fn reach(&self, radius: usize) -> isize {
        let longest = self.lengths.iter().copied().max().unwrap_or(0);
        isize::try_from(radius.min(longest)).unwrap_or(isize::MAX)
    }

    /// The point displaced by `offset`; `None` if it leaves the grid.
    fn displaced(&self, mut point: usize, offset: &[isize]) -> Option<usize> {
        let mut displaced = 0;
        let mut stride = 1;
        for (&length, &step) in self.lengths.iter().zip(offset).rev() {
            let coordinate = point % length;
            point /= length;
            let moved = if self.periodic {
                let around = usize::try_from(step.rem_euclid(isize::try_from(length).ok()?)).ok()?;
                (coordinate + around) % length
            } else {
                coordinate.checked_add_signed(step).filter(|&moved| moved < length)?
            };
            displaced += moved * stride;
            stride *= length;
        }
        Some(displaced)
    }

    /// The point and the species of an unknown.
    fn locate(&self, unknown: usize, points: usize) -> (usize, usize) {
        match self.order {
            SpeciesOrder::Blocks => (unknown % points, unknown / points),
            SpeciesOrder::Interleaved => (unknown / self.species, unknown % self.species),
        }
    }

    /// The unknown of a species at a point.
    fn number(&self, point: usize, species: usize, points: usize) -> u32 {
        narrow(match self.order {
            SpeciesOrder::Blocks => species * points + point,
            SpeciesOrder::Interleaved => point * self.species + species,
        })
    }
}
