//! Reverse-mode engine of the differentiation interface: a contiguous tape.
#![forbid(unsafe_code)]
