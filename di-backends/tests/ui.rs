//! What the compiler says when a bound is not met: the message must tell the remedy.
//!
//! `TRYBUILD=overwrite cargo test -p di-backends --test ui` writes the snapshots anew.
#![cfg(all(feature = "num-dual", feature = "tape", feature = "enzyme", feature = "derive", feature = "finite-diff"))]

#[test]
fn messages_tell_the_remedy() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}

#[cfg(feature = "choose")]
#[test]
fn messages_of_choosing_tell_the_remedy() {
    trybuild::TestCases::new().compile_fail("tests/ui/choose/*.rs");
}
