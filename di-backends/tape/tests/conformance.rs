//! The whole test of the engine.

use di_tape::Tape;
use di_test::{Evaluations, Tolerance, conformance, count_allocations};

count_allocations!();
conformance! { backend: Tape::default(), tolerance: Tolerance::EXACT, evaluations: Evaluations::reverse() }
