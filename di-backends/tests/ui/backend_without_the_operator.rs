use di_backends::ndarray::ArrayViewMut2;
use di_backends::{Backend, Map, Mode, PreparePushforward, Result, Scalar, Seeds, ViaPushforward, from_fn, gradient};

#[derive(Clone, Debug)]
struct Lazy;

impl Backend for Lazy {
    type Primitive = ViaPushforward;

    fn name(&self) -> String {
        "lazy".into()
    }

    fn mode(&self) -> Mode {
        Mode::Forward
    }
}

impl<F: Map<S, T>, T: Scalar, S> PreparePushforward<F, T, S> for Lazy {
    type Workspace = ();

    fn init_pushforward(&self, f: &F, x: &[T], _: usize, _: &mut ()) -> Result<usize> {
        Ok(f.output_count(x.len()))
    }

    fn compute_pushforward(
        &self,
        _: &F,
        _: &mut (),
        _: &[T],
        _: Seeds<'_, T>,
        _: Option<&mut [T]>,
        _: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {
    let _ = gradient(&Lazy, from_fn(|x: &[f64]| x[0]), &[1.0]);
}
