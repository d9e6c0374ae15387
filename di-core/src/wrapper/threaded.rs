//! A sparse backend that spreads its products over threads.

use crate::{
    Backend, Mode, PrepareDerivative, PrepareGradient, PrepareJacobian, PreparePullback, PreparePushforward, Result,
    Scalar, Seeds,
};
use ndarray::ArrayViewMut2;
use rayon::ThreadPool;
use std::sync::Arc;

/// Sparse Jacobians and Hessians whose products are spread over the threads of a `rayon` pool; every other first-order
/// operator is that of the backend, on one thread.
///
/// The numbers are those of the backend alone, bit by bit: products are cut where the engine would begin another pass. So
/// there is work for as many threads as an engine needs passes: for narrow chunks, and many colours. Each thread has a clone
/// of the function, with whatever memory it owns, and buffers of its own, made at preparation; a function that is changed by
/// [`function_mut`](crate::PreparedSparseJacobian::function_mut) is cloned anew at the next call.
///
/// # Cost
///
/// With p passes on t threads the time of `ceil(p/t)` passes, and memory for t sets of buffers. In reverse mode each thread
/// records for itself. What the pool itself allocates aside, nothing is allocated.
///
/// # Examples
///
/// ```
/// use di_core::{PrepareSparseJacobian, Sparse, SparseJacobian, Threaded, Zero, vector_fn, Real};
///
/// fn squares<T: Real>(x: &[T], y: &mut [T]) {
///     y.iter_mut().zip(x).for_each(|(y, x)| *y = *x * *x);
/// }
/// let backend = Threaded::new(Sparse::of(Zero));
/// let mut prepared = backend.prepare_sparse_jacobian(vector_fn!(squares, |n| n), &[1.0; 100])?;
/// assert_eq!(prepared.sparse_jacobian(&[2.0; 100])?.values(), [0.0; 100]);
/// # Ok::<(), di_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Threaded<B> {
    /// The backend: [`Sparse`](crate::Sparse) around any other.
    pub sparse: B,
    /// The threads; `None` for the pool that the call is made in, or else the global one.
    pub pool: Option<Arc<ThreadPool>>,
}

impl<B> Threaded<B> {
    /// On the pool that calls are made in, or else the global one.
    pub fn new(sparse: B) -> Self {
        Self { sparse, pool: None }
    }

    /// On these threads.
    pub fn on(sparse: B, pool: Arc<ThreadPool>) -> Self {
        Self { sparse, pool: Some(pool) }
    }

    /// The number of threads.
    pub(crate) fn threads(&self) -> usize {
        self.pool.as_ref().map_or_else(rayon::current_num_threads, |pool| pool.current_num_threads())
    }

    /// Runs `body` where its `join`s go to the threads.
    pub(crate) fn install<R: Send>(&self, body: impl FnOnce() -> R + Send) -> R {
        match &self.pool {
            Some(pool) => pool.install(body),
            None => body(),
        }
    }
}

impl<B: Backend> Backend for Threaded<B> {
    type Primitive = B::Primitive;

    fn name(&self) -> String {
        format!("threaded {}", self.sparse.name())
    }

    fn mode(&self) -> Mode {
        self.sparse.mode()
    }
}

crate::wrapper::forward_first_order!([B: Backend] Threaded<B>; sparse: B);
