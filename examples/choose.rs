//! The fastest engine for a function, found by measuring: it depends on the operator and on the number of inputs.
//!
//! `cargo run --release --example choose`

use di_backends::{ChooseError, Report, choose, choose_unary};
use di_examples::{Brusselator, Network, Rosenbrock, Sine};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    println!("Rosenbrock's function of few and of many inputs:\n");
    for report in rosenbrock(&[2, 10, 100])? {
        println!("{report}");
    }

    println!("A function of one variable, the sine:\n");
    println!("{}", choose_unary(Sine, 0.42).second_derivative()?.report());

    println!("The loss of a network:\n");
    let (network, weights) = (Network::new(16), Network::start());
    let chosen = choose(&network, &weights).gradient()?;
    println!("{}", chosen.report());

    println!("As many outputs as inputs, the Brusselator:\n");
    let f = Brusselator { side: 4, diffusion: 0.02 };
    let x = f.start();
    let chosen = choose(&f, &x).jacobian()?;
    println!("{}", chosen.report());

    // The next run need not measure: a decision is small, and serde writes and reads it.
    let decision = chosen.decision().clone();
    println!("for later: {decision:?}");
    let mut again = choose(&f, &x).by(&decision).jacobian()?;
    println!("the sum of its Jacobian: {:.6}", again.jacobian(&x)?.sum());
    Ok(())
}

/// Reports for gradient and Hessian at each size.
fn rosenbrock(sizes: &[usize]) -> Result<Vec<Report>, ChooseError> {
    let mut reports = Vec::new();
    for &n in sizes {
        let x = vec![0.5; n];
        let mut gradient = choose(Rosenbrock, &x).gradient()?;
        // What was chosen is ready for use.
        let mut grad = vec![0.0; n];
        gradient.value_and_gradient_into(&x, &mut grad)?;
        reports.push(gradient.report().clone());
        reports.push(choose(Rosenbrock, &x).hessian()?.report().clone());
    }
    Ok(reports)
}

#[cfg(test)]
mod tests {
    use super::rosenbrock;

    #[test]
    fn each_report_names_the_candidates() {
        let reports = rosenbrock(&[1, 3]).expect("engines agree");
        assert_eq!(reports.len(), 4);
        for report in reports {
            let text = report.to_string();
            assert!(["num-dual", "tape", "finite-diff", "chosen"].iter().all(|word| text.contains(word)), "{text}");
        }
    }
}
