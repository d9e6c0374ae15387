//! Pushforward: the engine's primitive.

use crate::width::{AnyWidth, Chunk, DualBuffers, at_width, width};
use crate::{DualNumber, NumDual};
use di_core::ndarray::{ArrayViewMut2, Axis, Slice};
use di_core::{Map, PreparePushforward, Result, Scalar, Seeds, fill_in_blocks, unwritten};
use std::array::from_fn;

impl<F: AnyWidth<S, T>, T: Scalar, S> PreparePushforward<F, T, S> for NumDual {
    type Workspace = DualBuffers<T>;

    fn init_pushforward(&self, f: &F, x: &[T], batch: usize, workspace: &mut DualBuffers<T>) -> Result<usize> {
        let width = self.width().pick(batch, size_of::<T>());
        workspace.set_width(width, is_full(width, batch));
        Ok(at_width!(DualBuffers [W1 W2 W4 W8 W12 W16 F4 F8 F12] workspace, chunk => {
            chunk.colors.reserve(x.len());
            chunk.fit::<F, S>(f, x.len())
        }, else 0))
    }

    fn compute_pushforward(
        &self,
        f: &F,
        workspace: &mut DualBuffers<T>,
        x: &[T],
        dx: Seeds<'_, T>,
        y: Option<&mut [T]>,
        dy: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        if matches!(workspace, DualBuffers::Empty) {
            self.init_pushforward(f, x, dx.width(), workspace)?;
        }
        at_width!(DualBuffers [W1 W2 W4 W8 W12 W16 F4 F8 F12] workspace,
            chunk => push_forward::<F, T, S, _, _>(f, chunk, x, &dx, y, dy), else ());
        Ok(())
    }

    fn pushforward_width(&self, workspace: &DualBuffers<T>) -> usize {
        at_width!(DualBuffers [W1 W2 W4 W8 W12 W16 F4 F8 F12] workspace, chunk => width(chunk), else usize::MAX)
    }
}

/// Whether no input of a pass will be constant: all directions fit into one pass. More of them can be unit vectors, as of a
/// dense Jacobian or of a group of a Hessian's columns, in passes that leave most inputs constant.
///
/// The function is compiled for each width and each kind of number: full numbers have the widths where that pays.
fn is_full(width: usize, batch: usize) -> bool {
    (3..=12).contains(&width) && batch <= width
}

/// Evaluates `f` with `N` directions at a time.
fn push_forward<F: Map<S, D>, T: Scalar, S, const N: usize, D: DualNumber<T, N>>(
    f: &F,
    chunk: &mut Chunk<D>,
    x: &[T],
    dx: &Seeds<'_, T>,
    mut y: Option<&mut [T]>,
    mut dy: ArrayViewMut2<'_, T>,
) {
    let directions = dx.width();
    // Other seeds than unit vectors give every input its number, and leave few outputs without a derivative.
    if let Seeds::Basis { .. } = dx {
        match dy.as_slice_mut() {
            Some(slice) => slice.fill(T::zero()),
            None => dy.fill(T::zero()),
        }
        for (input, &x) in chunk.x.iter_mut().zip(x) {
            *input = D::constant(x);
        }
    }
    // An output that the function leaves unwritten is not a number, rather than that of an earlier call.
    let nothing = unwritten(x);
    fill_in_blocks(&mut chunk.y, D::seeded(nothing, [nothing; N]));
    let mut start = 0;
    loop {
        let end = (start + N).min(directions);
        if !is_seeded(chunk, x, dx) {
            seed(&mut chunk.x, x, dx, start, end);
        }
        f.map_into(&chunk.x, &mut chunk.y);
        if let Some(y) = y.take() {
            for (y, output) in y.iter_mut().zip(&chunk.y) {
                *y = output.value();
            }
        }
        collect(&chunk.y, dx, dy.slice_axis_mut(Axis(1), Slice::from(start..end)));
        if end == directions {
            return;
        }
        unseed(&mut chunk.x, x, dx, start, end);
        start = end;
    }
}

/// Whether the inputs have their tangents from an earlier call, as those of a sparse matrix do, which are the same at every
/// call; they have then their values, too. If all directions fit, notes that they will have them.
fn is_seeded<T: Scalar, const N: usize, D: DualNumber<T, N>>(chunk: &mut Chunk<D>, x: &[T], dx: &Seeds<'_, T>) -> bool {
    let Seeds::Groups { colors, start: 0, width, .. } = dx else {
        chunk.colors.clear();
        return false;
    };
    if *width > N {
        chunk.colors.clear();
        return false;
    }
    if chunk.seeded == *width && chunk.colors == *colors {
        for (input, &x) in chunk.x.iter_mut().zip(x) {
            input.set_value(x);
        }
        return true;
    }
    chunk.seeded = *width;
    chunk.colors.clear();
    chunk.colors.extend_from_slice(colors);
    false
}

/// Gives the inputs the directions `start .. end`; lanes that are left over are zero.
fn seed<T: Scalar, const N: usize, D: DualNumber<T, N>>(
    inputs: &mut [D],
    x: &[T],
    dx: &Seeds<'_, T>,
    start: usize,
    end: usize,
) {
    match dx {
        Seeds::Basis { start: first, .. } => {
            for j in start..end {
                let mut lanes = [T::zero(); N];
                lanes[j - start] = T::one();
                inputs[first + j] = D::seeded(x[first + j], lanes);
            }
        }
        Seeds::Groups { colors, start: first, .. } => {
            for ((input, &x), &color) in inputs.iter_mut().zip(x).zip(*colors) {
                let seeded = (color as usize).wrapping_sub(first + start);
                *input = if seeded < end - start {
                    // Comparisons lane by lane: a store into one lane stalled the load of all that follows it.
                    D::seeded(x, from_fn(|lane| if lane == seeded { T::one() } else { T::zero() }))
                } else {
                    D::constant(x)
                };
            }
        }
        Seeds::Dense(view) => {
            let columns = view.slice_axis(Axis(1), Slice::from(start..end));
            for ((input, &x), row) in inputs.iter_mut().zip(x).zip(columns.rows()) {
                let mut lanes = [T::zero(); N];
                for (lane, &seed) in lanes.iter_mut().zip(row) {
                    *lane = seed;
                }
                let constant = lanes.iter().all(T::is_identically_zero);
                *input = if constant { D::constant(x) } else { D::seeded(x, lanes) };
            }
        }
    }
}

/// Makes the inputs constants again that the next pass does not seed.
fn unseed<T: Scalar, const N: usize, D: DualNumber<T, N>>(
    inputs: &mut [D],
    x: &[T],
    dx: &Seeds<'_, T>,
    start: usize,
    end: usize,
) {
    if let Seeds::Basis { start: first, .. } = dx {
        for i in first + start..first + end {
            inputs[i] = D::constant(x[i]);
        }
    }
}

/// Writes the derivatives of the outputs, one row each; of unit vectors over zeros: where the function is sparse most
/// outputs of a pass are constants then, and skipping them measured a third faster than writing their zeros.
fn collect<T: Scalar, const N: usize, D: DualNumber<T, N>>(
    outputs: &[D],
    dx: &Seeds<'_, T>,
    mut dy: ArrayViewMut2<'_, T>,
) {
    let zeros = &[T::zero(); N];
    let over_zeros = matches!(dx, Seeds::Basis { .. });
    if let Some(slice) = dy.as_slice_mut()
        && let (rows, []) = slice.as_chunks_mut::<N>()
        && rows.len() == outputs.len()
    {
        for (output, row) in outputs.iter().zip(rows) {
            match output.lanes() {
                Some(lanes) => *row = *lanes,
                None if over_zeros => {}
                None => *row = *zeros,
            }
        }
        return;
    }
    for (output, mut row) in outputs.iter().zip(dy.rows_mut()) {
        let lanes = match output.lanes() {
            Some(lanes) => lanes,
            None if over_zeros => continue,
            None => zeros,
        };
        match row.as_slice_mut() {
            Some(row) => match <&mut [T; N]>::try_from(&mut *row) {
                Ok(row) => *row = *lanes,
                Err(_) => row.copy_from_slice(&lanes[..row.len()]),
            },
            None => {
                for (entry, &lane) in row.iter_mut().zip(lanes) {
                    *entry = lane;
                }
            }
        }
    }
}
