//! A stiff reaction with diffusion in two dimensions, in implicit steps: a sparse Jacobian by any engine, and the sparse
//! solver of `faer`.
//!
//! `cargo run --release --example brusselator -- folder` writes into a folder the concentration at the end, as a picture, and
//! the spy plot of the Jacobian, each entry in the colour of the product that it is read from.

use di_backends::{NumDual, PrepareSparseJacobian, PreparedSparseJacobian, Real, Sparse, SparseJacobian, SparseMatrix};
use di_backends::{Result, VectorFn};
use faer::linalg::solvers::Solve;
use faer::sparse::linalg::solvers::{Lu, SymbolicLu};
use faer::{ColMut, sparse::SparseColMat};
use std::error::Error;
use std::path::PathBuf;

/// `u' = 1 + u²v - 4.4u + α∇²u + source`, `v' = 3.4u - u²v + α∇²v` on a periodic square; Hairer and Wanner, *Solving Ordinary
/// Differential Equations II* (1996), section IV.10.
pub(crate) struct Brusselator {
    pub(crate) side: u32,
    /// Flows in on a disk, from t = 1.1 on.
    pub(crate) source: f64,
}

impl Brusselator {
    /// The middle of a cell.
    fn place(&self, cell: u32) -> (f64, f64) {
        let middle = |k: u32| (f64::from(k) + 0.5) / f64::from(self.side);
        (middle(cell % self.side), middle(cell / self.side))
    }

    pub(crate) fn start(&self) -> Vec<f64> {
        let cells = 0..self.side * self.side;
        let u = cells.clone().map(|cell| self.place(cell).1).map(|y| 22.0 * y * (1.0 - y).powf(1.5));
        u.chain(cells.map(|cell| self.place(cell).0).map(|x| 27.0 * x * (1.0 - x).powf(1.5))).collect()
    }
}

impl<T: Real> VectorFn<T> for Brusselator {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let n = self.side as usize;
        let spread = 0.1 * f64::from(self.side * self.side);
        let (u, v) = x.split_at(n * n);
        for cell in 0..self.side * self.side {
            let (i, (row, column)) = (cell as usize, (cell as usize / n, cell as usize % n));
            let at = |r: usize, c: usize| r % n * n + c % n;
            let near = [at(row + n - 1, column), at(row + 1, column), at(row, column + n - 1), at(row, column + 1)];
            let diffusion = |w: &[T]| (near.iter().map(|&j| w[j]).sum::<T>() - w[i] * 4.0) * spread;
            let (px, py) = self.place(cell);
            let inflow = if (px - 0.3).powi(2) + (py - 0.6).powi(2) <= 0.01 { self.source } else { 0.0 };
            let reaction = u[i] * u[i] * v[i];
            y[i] = reaction - u[i] * 4.4 + diffusion(u) + (1.0 + inflow);
            y[n * n + i] = u[i] * 3.4 - reaction + diffusion(v);
        }
    }
}

/// Steps of Alexander's method of two stages, L-stable and of order 2, with Newton's iteration.
struct Stepper<B: PrepareSparseJacobian<Brusselator>> {
    jacobian: PreparedSparseJacobian<B, Brusselator>,
    jac: SparseMatrix,
    /// `I - γhJ`, in the memory of the solver, and how to factorize matrices of its pattern.
    matrix: SparseColMat<usize, f64>,
    symbolic: SymbolicLu<usize>,
}

impl<B: PrepareSparseJacobian<Brusselator>> Stepper<B> {
    fn new(backend: &B, f: Brusselator, x: &[f64]) -> Result<Self, Box<dyn Error>> {
        let jacobian = backend.prepare_sparse_jacobian(f, x)?;
        let jac = jacobian.matrix();
        let matrix = jac.to_faer();
        let symbolic = SymbolicLu::try_new(matrix.symbolic()).map_err(|error| format!("{error:?}"))?;
        Ok(Self { jacobian, jac, matrix, symbolic })
    }

    /// Advances `x` by `h`.
    fn step(&mut self, x: &mut [f64], h: f64) -> Result<(), Box<dyn Error>> {
        let gamma = 1.0 - 0.5_f64.sqrt();
        let mut rate = vec![0.0; x.len()];
        self.jacobian.value_and_sparse_jacobian_into(x, &mut rate, &mut self.jac)?;
        for (entry, (i, j, value)) in self.matrix.val_mut().iter_mut().zip(self.jac.triplets()) {
            *entry = f64::from(u8::from(i == j)) - gamma * h * value;
        }
        let factors = Lu::try_new_with_symbolic(self.symbolic.clone(), self.matrix.as_ref());
        let factors = factors.map_err(|error| format!("{error:?}"))?;
        // Each of two stages solves z = base + γh f(z), the second from where the slope of the first leads.
        let mut base = x.to_vec();
        for stage in 0..2 {
            if stage == 1 {
                base.iter_mut().zip(&*x).for_each(|(base, z)| *base += (1.0 - gamma) / gamma * (z - *base));
            }
            for _ in 0..20 {
                self.jacobian.function().call_into(x, &mut rate);
                let residual = |((z, base), rate): ((&f64, &f64), &f64)| base + gamma * h * rate - z;
                let mut change: Vec<f64> = x.iter().zip(&base).zip(&rate).map(residual).collect();
                factors.solve_in_place(ColMut::from_slice_mut(&mut change).as_mat_mut());
                x.iter_mut().zip(&change).for_each(|(x, change)| *x += change);
                if change.iter().all(|change| change.abs() < 1e-9) {
                    break;
                }
            }
        }
        Ok(())
    }
}

/// The state at t = 11.5 and the colouring of the Jacobian.
pub(crate) fn solve<B: PrepareSparseJacobian<Brusselator>>(
    backend: &B,
    side: u32,
    steps: u32,
) -> Result<(Vec<f64>, di_backends::Coloring), Box<dyn Error>> {
    let f = Brusselator { side, source: 0.0 };
    let mut x = f.start();
    let mut stepper = Stepper::new(backend, f, &x)?;
    let h = 11.5 / f64::from(steps);
    for step in 0..steps {
        stepper.jacobian.function_mut().source = if f64::from(step) * h < 1.1 { 0.0 } else { 5.0 };
        stepper.step(&mut x, h)?;
    }
    Ok((x, stepper.jacobian.coloring().clone()))
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    if let Some(folder) = folder.as_ref().filter(|folder| !folder.is_dir()) {
        return Err(format!("there is no folder {}", folder.display()).into());
    }
    let side = if std::env::var_os("DI_QUICK").is_some() { 16 } else { 64 };
    let (x, coloring) = solve(&Sparse::of(NumDual::default()), side, 230)?;
    let u = &x[..x.len() / 2];
    let (least, most) = u.iter().fold((f64::MAX, f64::MIN), |(a, b), &u| (a.min(u), b.max(u)));
    println!("{} unknowns, {} entries, {} products", x.len(), coloring.pattern().nnz(), coloring.color_count());
    println!("u is between {least:.4} and {most:.4} at t = 11.5");
    let Some(folder) = folder else { return Ok(()) };
    let [plot, picture] = ["jacobian.svg", "brusselator.png"].map(|name| folder.join(name));
    std::fs::write(&plot, coloring.to_svg())?;
    let file = std::fs::File::create(&picture)?;
    let mut image = png::Encoder::new(std::io::BufWriter::new(file), side, side);
    image.set_color(png::ColorType::Grayscale);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a shade is between 0 and 255")]
    let shades: Vec<u8> = u.iter().map(|u| ((u - least) / (most - least) * 255.0) as u8).collect();
    image.write_header()?.write_image_data(&shades)?;
    println!("wrote {} and {}", plot.display(), picture.display());
    Ok(())
}
