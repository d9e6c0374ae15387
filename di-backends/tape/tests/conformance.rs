//! The whole test of the engine.

use di_tape::Tape;
use di_test::{Tolerance, conformance, count_allocations};

count_allocations!();
conformance! { backend: Tape::default(), tolerance: Tolerance::EXACT }
