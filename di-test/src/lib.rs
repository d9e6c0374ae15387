//! Conformance suite of the differentiation interface: scenarios, checks, and a test in one line.
#![forbid(unsafe_code)]
