//! The report as a table.

use crate::functions::Wells;
use crate::paced::{Fault, approximate, clock, exact, faulty};
use di_backends::choose;

#[test]
fn a_report_is_a_table_of_all_candidates() {
    let candidates = choose(Wells, &[0.7, -1.2]).without_defaults().clock(clock);
    let candidates = candidates.with(exact("quick", 10)).with(exact("slower", 25)).with(approximate("about", 10));
    let candidates = candidates.with(exact("hopeless", 5_000)).with(faulty("failing", Fault::Pass(1)));
    let chosen = candidates.gradient().unwrap();
    let expected = "\
gradient, 2 inputs, 1 outputs; f alone: 0 ns
backend      time  times f  preparation  distance  outcome
quick     10.0 µs      inf      10.0 µs         -  chosen
slower    25.0 µs      inf      25.0 µs         0  2.5 times slower
about     10.0 µs      inf      10.0 µs         0  approximate: confirms the exact ones
hopeless  5.00 ms      inf      5.00 ms         0  500 times slower, given up
failing         -        -            -         -  cannot: backend `failing` does not support this test: a pass fails
";
    assert_eq!(chosen.report().to_string(), expected);
}
