//! Forward-mode engine of the differentiation interface, on the dual numbers of the num-dual crate.
#![forbid(unsafe_code)]
