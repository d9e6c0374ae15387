//! The list of engines whose features are on.
//!
//! `with_engines!(macro { tokens })` becomes `macro! { [NumDual: NumDual, Tape: Tape, …] tokens }`: a variant's name and
//! its backend's type for each engine. Attributes do not reach into `where` clauses and generic arguments, so that the
//! list has to be made by macros, each adding a line or not by its feature.

macro_rules! engine {
    ($d:tt $name:ident if $feature:meta { $($line:tt)* } then $next:ident) => {
        #[cfg($feature)]
        macro_rules! $name {
            ($d callback:ident [$d($d list:tt)*] $d tokens:tt) => {
                $next!($d callback [$d($d list)* $($line)*] $d tokens);
            };
        }
        #[cfg(not($feature))]
        macro_rules! $name {
            ($d callback:ident $d list:tt $d tokens:tt) => {
                $next!($d callback $d list $d tokens);
            };
        }
    };
}

macro_rules! with_engines {
    ($callback:ident $tokens:tt) => {
        num_dual!($callback [] $tokens);
    };
}

engine!($ num_dual if feature = "num-dual" { NumDual: di_num_dual::NumDual, } then tape);
engine!($ tape if feature = "tape" { Tape: di_tape::Tape, } then mixed);
engine!($ mixed if all(feature = "num-dual", feature = "tape") {
    Mixed: di_core::Mixed<di_num_dual::NumDual, di_tape::Tape>,
} then finite_diff);
engine!($ finite_diff if feature = "finite-diff" { FiniteDiff: di_finite_diff::FiniteDiff, } then call);

macro_rules! call {
    ($callback:ident $list:tt { $($tokens:tt)* }) => {
        $callback! { $list $($tokens)* }
    };
}
