//! Pushforward: runs of the tangent, some directions at a time.

use crate::written::Written;
use crate::{Enclosure, EnzymeStyle};
use di_core::ndarray::{Array2, ArrayViewMut2, Axis, Slice};
use di_core::{ChunkWidth, Map, PreparePushforward, Result, Scalar, Seeds, TangentFn, unwritten};
use std::ops::Range;

/// Tangents of inputs and outputs, and the function's shadow.
#[derive(Clone, Debug)]
pub struct TangentWorkspace<T, S> {
    /// `width` for each input.
    dx: Vec<T>,
    /// `width` for each output.
    dy: Vec<T>,
    width: usize,
    /// The width of a last run of fewer directions, as many as of the batch.
    last: usize,
    /// The colours that the tangents are sums of unit vectors by, and their number; empty if they are anything else.
    colors: (Vec<u32>, usize),
    /// Values and tangents of outputs.
    written: [Written; 2],
    enclosure: Enclosure<S>,
}

impl<T, S> Default for TangentWorkspace<T, S> {
    fn default() -> Self {
        let (dx, dy, colors) = (Vec::new(), Vec::new(), (Vec::new(), 0));
        Self { dx, dy, width: 1, last: 1, colors, written: Default::default(), enclosure: Enclosure::default() }
    }
}

impl<F, T: Scalar, S> PreparePushforward<F, T, S> for EnzymeStyle
where
    F: TangentFn<T, Shadow: Clone + std::fmt::Debug + Send + 'static> + Map<S, T>,
{
    type Workspace = TangentWorkspace<T, F::Shadow>;

    fn init_pushforward(&self, f: &F, x: &[T], batch: usize, workspace: &mut Self::Workspace) -> Result<usize> {
        let outputs = f.output_count(x.len());
        workspace.width = match self.width() {
            ChunkWidth::Auto => cheapest(batch, size_of::<T>()),
            fixed @ ChunkWidth::Fixed(_) => narrowest(fixed.pick(batch, size_of::<T>())),
        };
        let rest = batch % workspace.width;
        workspace.last = if rest == 0 { workspace.width } else { narrowest(rest) };
        workspace.colors.0.clear();
        workspace.colors.0.reserve(x.len());
        workspace.dx.resize(x.len() * workspace.width, T::zero());
        workspace.dy.resize(outputs * workspace.width, T::zero());
        workspace.written = Default::default();
        workspace.enclosure.make(f, self.function_activity());
        Ok(outputs)
    }

    fn compute_pushforward(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        dx: Seeds<'_, T>,
        mut y: Option<&mut [T]>,
        mut dy: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        let directions = dx.width();
        if x.is_empty() || dy.is_empty() {
            dy.fill(T::zero());
            if let Some(y) = y {
                evaluate(f, x, y);
            }
            return Ok(());
        }
        // One tangent that lies as the code takes it.
        if (directions, workspace.width) == (1, 1)
            && let Some(given) = in_place::<T, 1>(&dx)
            && let Some(wanted) = dy.as_slice_mut()
        {
            let kept = (&mut workspace.enclosure, &mut workspace.written);
            direct(f, kept, x, given, y, wanted.as_chunks_mut().0);
            return Ok(());
        }
        let TangentWorkspace { width, last, .. } = *workspace;
        // The division would take as long as a small function.
        let rest = if directions == width { 0 } else { directions % width };
        let whole = directions - rest;
        for (width, part) in [(width, 0..whole), (if rest > last { width } else { last }, whole..directions)] {
            if !part.is_empty() {
                run(width, f, workspace, x, (&dx, part), y.take(), &mut dy);
            }
        }
        Ok(())
    }

    fn pushforward_width(&self, workspace: &Self::Workspace) -> usize {
        workspace.width
    }

    /// A plain evaluation, then runs of the tangent with one direction, of each width, with the value and without: each may take
    /// other memory.
    fn warm_pushforward(&self, f: &F, workspace: &mut Self::Workspace, x: &[T], outputs: usize) -> Result<()> {
        let seeds = Seeds::first(x.len());
        let mut y = vec![T::zero(); outputs];
        let mut dy = Array2::from_elem((outputs, seeds.width()), T::zero());
        f.map_into(x, &mut y);
        if dy.is_empty() {
            return self.compute_pushforward(f, workspace, x, seeds, Some(&mut y), dy.view_mut());
        }
        let TangentWorkspace { width, last, .. } = *workspace;
        for width in [Some(width), (last != width).then_some(last)].into_iter().flatten() {
            let all = || (&seeds, 0..seeds.width());
            run(width, f, workspace, x, all(), Some(&mut y), &mut dy.view_mut());
            run(width, f, workspace, x, all(), None, &mut dy.view_mut());
        }
        // What the function owns may have grown.
        workspace.enclosure.start(f);
        Ok(())
    }
}

/// The numbers of directions that a run may have.
const WIDTHS: [usize; 6] = [1, 2, 4, 8, 12, MOST];
const MOST: usize = 16;

/// The most bytes of tangents that one scalar should carry.
const BYTES: usize = 128;

/// What a run costs beside its directions, in directions: values, seeds, and results that are put in their place.
const BESIDE: usize = 4;

/// The least width that has room for so many directions.
fn narrowest(directions: usize) -> usize {
    WIDTHS.into_iter().find(|&width| width >= directions).unwrap_or(MOST)
}

/// The width that makes the least work of so many directions; the widest if several do.
fn cheapest(directions: usize, scalar_size: usize) -> usize {
    let directions = directions.max(1);
    let most = narrowest(directions);
    let fits = |width: &usize| *width == 1 || (*width <= most && width * scalar_size <= BYTES);
    let work = |&width: &usize| {
        let rest = directions % width;
        let last = if rest == 0 { 0 } else { narrowest(rest) + BESIDE };
        directions / width * (width + BESIDE) + last
    };
    WIDTHS.into_iter().rev().filter(fits).min_by_key(work).unwrap_or(1)
}

/// Runs the tangent for a part of the directions, `width` at a time.
fn run<F: TangentFn<T> + Map<S, T>, T: Scalar, S>(
    width: usize,
    f: &F,
    workspace: &mut TangentWorkspace<T, F::Shadow>,
    x: &[T],
    part: (&Seeds<'_, T>, Range<usize>),
    y: Option<&mut [T]>,
    dy: &mut ArrayViewMut2<'_, T>,
) {
    let run = match width {
        1 => push_forward::<F, T, S, 1>,
        2 => push_forward::<F, T, S, 2>,
        4 => push_forward::<F, T, S, 4>,
        8 => push_forward::<F, T, S, 8>,
        12 => push_forward::<F, T, S, 12>,
        _ => push_forward::<F, T, S, MOST>,
    };
    run(f, workspace, x, part, y, dy);
}

/// Runs the tangent for a part of the directions, `K` at a time.
fn push_forward<F: TangentFn<T> + Map<S, T>, T: Scalar, S, const K: usize>(
    f: &F,
    workspace: &mut TangentWorkspace<T, F::Shadow>,
    x: &[T],
    (dx, part): (&Seeds<'_, T>, Range<usize>),
    mut y: Option<&mut [T]>,
    dy: &mut ArrayViewMut2<'_, T>,
) {
    let is_all = part.len() == dx.width();
    let TangentWorkspace { dx: held, dy: results, colors, enclosure, written, .. } = workspace;
    let results = &mut results.as_chunks_mut::<K>().0[..dy.nrows()];
    let tangents = &mut held.as_chunks_mut::<K>().0[..x.len()];
    // Tangents that lie as the code takes them, and results that lie as it gives them, are used where they are.
    if is_all
        && part.len() == K
        && let Some(given) = in_place::<T, K>(dx).or_else(|| keep::<T, K>(tangents, colors, dx))
        && let Some(wanted) = dy.as_slice_mut()
    {
        direct(f, (enclosure, written), x, given, y, wanted.as_chunks_mut().0);
        return;
    }
    let [values, lanes] = written;
    if let Some(y) = &mut y {
        values.begin(x, y);
    }
    lanes.begin(x, results.as_flattened_mut());
    let kept = is_all && part.len() <= K && keep::<T, K>(tangents, colors, dx).is_some();
    if !kept {
        colors.0.clear();
        tangents.fill([T::zero(); K]);
    }
    for start in part.clone().step_by(K) {
        let count = K.min(part.end - start);
        if !kept {
            seed(tangents, dx, start, count);
        }
        f.tangent_into(enclosure.start(f), x, tangents, y.as_deref_mut(), results);
        lanes.end(F::STEADY, results.as_flattened());
        if let Some(y) = y.take() {
            values.end(F::STEADY, y);
        }
        let mut columns = dy.slice_axis_mut(Axis(1), Slice::from(start..start + count));
        for (mut row, lanes) in columns.rows_mut().into_iter().zip(&*results) {
            match row.as_slice_mut() {
                Some(row) => row.copy_from_slice(&lanes[..count]),
                None => row.iter_mut().zip(lanes).for_each(|(entry, &lane)| *entry = lane),
            }
        }
        if let Seeds::Basis { start: first, .. } = dx {
            tangents[first + start..first + start + count].fill([T::zero(); K]);
        }
    }
}

/// A plain evaluation: an output that it leaves unwritten is not a number, rather than what the caller's memory held.
pub(crate) fn evaluate<F: Map<S, T>, T: Scalar, S>(f: &F, x: &[T], y: &mut [T]) {
    y.fill(unwritten(x));
    f.map_into(x, y);
}

/// Runs the tangent with tangents where they are, and results where they are wanted.
fn direct<F: TangentFn<T>, T: Scalar, const K: usize>(
    f: &F,
    (enclosure, [values, lanes]): (&mut Enclosure<F::Shadow>, &mut [Written; 2]),
    x: &[T],
    given: &[[T; K]],
    mut y: Option<&mut [T]>,
    wanted: &mut [[T; K]],
) {
    if let Some(y) = &mut y {
        values.begin(x, y);
    }
    lanes.begin(x, wanted.as_flattened_mut());
    f.tangent_into(enclosure.start(f), x, given, y.as_deref_mut(), wanted);
    lanes.end(F::STEADY, wanted.as_flattened());
    if let Some(y) = y {
        values.end(F::STEADY, y);
    }
}

/// All tangents, `K` beside each other for each input, if they lie so in memory.
fn in_place<'a, T: Scalar, const K: usize>(dx: &Seeds<'a, T>) -> Option<&'a [[T; K]]> {
    match dx {
        Seeds::Dense(view) => view.to_slice().map(|tangents| tangents.as_chunks().0),
        Seeds::Basis { .. } | Seeds::Groups { .. } => None,
    }
}

/// The tangents by colours, which a sparse matrix asks for at every call alike; written where they are others.
fn keep<'a, T: Scalar, const K: usize>(
    tangents: &'a mut [[T; K]],
    (colors, count): &mut (Vec<u32>, usize),
    dx: &Seeds<'_, T>,
) -> Option<&'a [[T; K]]> {
    match dx {
        Seeds::Groups { colors: wanted, start: 0, width, .. } if *width <= K && wanted.len() == tangents.len() => {
            if (*width, *wanted) != (*count, colors) {
                seed(tangents, dx, 0, *width);
                colors.clear();
                colors.extend_from_slice(wanted);
                *count = *width;
            }
            Some(tangents)
        }
        _ => None,
    }
}

/// Gives the inputs the directions `start .. start + count`; lanes that are left over are zero.
///
/// Of a window of the identity, whose tangents are zero at entry, only the rows that are not zero are written.
fn seed<T: Scalar, const K: usize>(tangents: &mut [[T; K]], dx: &Seeds<'_, T>, start: usize, count: usize) {
    match dx {
        Seeds::Basis { start: first, .. } => {
            for (j, lanes) in tangents[first + start..][..count].iter_mut().enumerate() {
                lanes[j] = T::one();
            }
        }
        Seeds::Groups { colors, start: first, .. } => {
            for (lanes, &color) in tangents.iter_mut().zip(*colors) {
                *lanes = [T::zero(); K];
                let lane = (color as usize).wrapping_sub(first + start);
                if lane < count {
                    lanes[lane] = T::one();
                }
            }
        }
        Seeds::Dense(view) => {
            for (lanes, row) in tangents.iter_mut().zip(view.rows()) {
                *lanes = [T::zero(); K];
                if let Some(row) = row.as_slice() {
                    lanes[..count].copy_from_slice(&row[start..start + count]);
                    continue;
                }
                for (lane, &entry) in lanes.iter_mut().zip(row.iter().skip(start)).take(count) {
                    *lane = entry;
                }
            }
        }
    }
}
