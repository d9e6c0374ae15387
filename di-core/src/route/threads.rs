//! Products in parts, each on a thread with a function and buffers of its own.

use crate::{Result, Scalar};
use ndarray::{ArrayViewMut2, Axis};
use std::ops::Range;

/// A clone of the function, buffers, and the directions that this part computes.
#[derive(Clone)]
pub(super) struct Part<F, W> {
    pub(super) function: F,
    pub(super) workspace: W,
    pub(super) directions: Range<usize>,
}

/// All parts of one kind of product.
pub(super) type Parts<F, W> = Vec<Part<F, W>>;

/// Makes parts for so many directions on so many threads, cut where a pass ends; `init` sizes the buffers as for all
/// directions at once, so that passes are as wide as then, and says how wide they are.
pub(super) fn split<F: Clone, W: Default>(
    parts: &mut Parts<F, W>,
    f: &F,
    directions: usize,
    threads: usize,
    mut init: impl FnMut(&F, &mut W) -> Result<usize>,
) -> Result<()> {
    let new = || Part { function: f.clone(), workspace: W::default(), directions: 0..0 };
    if parts.is_empty() {
        parts.push(new());
    }
    // The first part says how wide a pass is.
    let width = init(f, &mut parts[0].workspace)?.max(1);
    let passes = directions.div_ceil(width).max(1);
    let count = threads.clamp(1, passes);
    parts.truncate(count);
    while parts.len() < count {
        parts.push(new());
    }
    let start = |k: usize| (passes * k / count).saturating_mul(width).min(directions);
    for (k, part) in parts.iter_mut().enumerate() {
        part.function = f.clone();
        part.directions = start(k)..start(k + 1);
        if k > 0 {
            init(f, &mut part.workspace)?;
        }
    }
    Ok(())
}

/// Runs `compute` for each part, with its columns of `products`, on the threads of the pool; `first` goes to the first part.
pub(super) fn run<F: Send, W: Send, T: Scalar, E: Send>(
    parts: &mut [Part<F, W>],
    first: Option<E>,
    mut products: ArrayViewMut2<'_, T>,
    compute: &(impl Fn(&mut Part<F, W>, Option<E>, ArrayViewMut2<'_, T>) -> Result<()> + Sync),
) -> Result<()> {
    match parts {
        [] => Ok(()),
        [part] => compute(part, first, products),
        _ => {
            let (left, right) = parts.split_at_mut(parts.len() / 2);
            let columns = right[0].directions.start - left[0].directions.start;
            let (of_left, of_right) = products.view_mut().split_at(Axis(1), columns);
            let (one, other) =
                rayon::join(|| run(left, first, of_left, compute), || run(right, None, of_right, compute));
            one.and(other)
        }
    }
}
