//! Finite-difference engine of the differentiation interface.
#![forbid(unsafe_code)]
