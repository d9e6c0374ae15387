//! Who looks on while checks run.

use crate::report::Outcome;
use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;

type Look = dyn Fn(&Outcome) -> ControlFlow<()> + Send + Sync;

/// Called after each check of a scenario; may end the run.
#[derive(Clone, Default)]
pub(crate) struct Observer(Option<Arc<Look>>);

impl Observer {
    pub(crate) fn new(observer: impl Fn(&Outcome) -> ControlFlow<()> + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(observer)))
    }

    /// Whether the run goes on.
    pub(crate) fn sees(&self, outcome: &Outcome) -> ControlFlow<()> {
        self.0.as_ref().map_or(ControlFlow::Continue(()), |observer| observer(outcome))
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Observer" } else { "None" })
    }
}
