//! Memory that a function owns and writes into while it is evaluated, for any scalar.

use di_core::Scalar;
use std::any::Any;
use std::cell::RefCell;

/// One buffer for each scalar that it was asked for; a clone starts empty.
///
/// Buffers are kept between calls, with what was written into them: a function that reads before it writes sees
/// the numbers of an earlier call.
#[derive(Debug, Default)]
pub struct Scratch(RefCell<Vec<Box<dyn Any + Send>>>);

impl Scratch {
    /// Calls `body` with the buffer for scalars `T`, made `len` long.
    pub fn with<T: Scalar>(&self, len: usize, body: impl FnOnce(&mut [T])) {
        let mut buffers = self.0.borrow_mut();
        let held = buffers.iter().position(|buffer| buffer.is::<Vec<T>>()).unwrap_or_else(|| {
            buffers.push(Box::new(Vec::<T>::new()));
            buffers.len() - 1
        });
        if let Some(buffer) = buffers[held].downcast_mut::<Vec<T>>() {
            buffer.resize(len, T::zero());
            body(buffer);
        }
    }
}

impl Clone for Scratch {
    fn clone(&self) -> Self {
        Self::default()
    }
}
